"""`sebaya outbox`: messages that could not be delivered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.troubles import run_async

if TYPE_CHECKING:
    from bot.store import DeadLetter

ID_SHAPE = re.compile(r"\d{1,20}-\d{1,20}")
SPANS = (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000))


def id_or_all(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and value != "all" and not ID_SHAPE.fullmatch(value):
        raise click.BadParameter(f"give --{param.name} an id from the list, or all")
    return value


@click.command()
@click.option("--retry", callback=id_or_all, metavar="ID|all", help="Puts it back into the outbox, as new.")
@click.option("--drop", callback=id_or_all, metavar="ID|all", help="Forgets it.")
@config_option
@click.pass_context
def outbox(ctx: click.Context, retry: str | None, drop: str | None, config_path: Path | None) -> None:
    """Lists the messages that could not be delivered, and why; sends them again, or drops them."""
    if retry and drop:
        raise click.UsageError("choose one of --retry and --drop")
    config, _ = read_config(config_path)
    key = read_key()
    from bot.app.outbox import opened
    from bot.runtime.loop import wall_clock

    done = 1

    async def work() -> None:
        nonlocal done
        async with opened(config, key) as letters:
            if retry:
                done = await letters.retry(retry)
                click.echo(f"{done} put back into the outbox.")
            elif drop:
                done = await letters.drop(drop)
                click.echo(f"{done} dropped.")
            else:
                tell(await letters.listed(), wall_clock())

    run_async(work())
    named = "all" not in {retry, drop}
    ctx.exit(1 if named and not done else 0)


def tell(found: Sequence[DeadLetter], now: int) -> None:
    """One a line, never what it says or whom it is for."""
    if not found:
        click.echo("Every message was delivered.")
        return
    click.echo(f"{'ID':<22} {'AGE':>6} {'LANE':<7} {'KIND':<12} {'EVENT':<28} WHY")
    for letter in found:
        kind = letter.kind or "unreadable"
        age, lane = span(now - letter.at), letter.lane.value
        click.echo(f"{letter.id:<22} {age:>6} {lane:<7} {kind:<12} {letter.event_id:<28} {letter.why}")


def span(ms: int) -> str:
    """Roughly: `3d`, `5h`, `12m`, `7s`."""
    unit, size = next(((unit, size) for unit, size in SPANS if ms >= size), SPANS[-1])
    return f"{max(0, ms) // size}{unit}"
