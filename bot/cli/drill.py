"""`sebaya drill crisis`: does a crisis reach somebody, and how quickly?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.troubles import run_async

if TYPE_CHECKING:
    from bot.app.drilling import Report

NOT_REACHED = {
    "queued": "The bot did not queue it. Does a worker run?",
    "alerted": "No alert was delivered. Is there a counselor, and does a sender run?",
    "claimed": "Nobody took it while we waited.",
}


def seconds(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    from bot.config.durations import parse_duration

    try:
        return parse_duration(value) / 1000
    except ValueError as trouble:
        raise click.BadParameter(str(trouble)) from None


@click.group()
def drill() -> None:
    """Trying in earnest what must work when it counts."""


@drill.command()
@click.option("--wait", default="60s", show_default=True, callback=seconds, help="How long somebody may take it.")
@config_option
@click.pass_context
def crisis(ctx: click.Context, wait: float, config_path: Path | None) -> None:
    """Sends a synthetic crisis the whole way, beside a running bot. Staff see that it is a drill."""
    config, _ = read_config(config_path)
    key = read_key()
    from bot.app.drilling import drill_crisis
    from bot.app.storage import storage
    from bot.content import load

    content = load(config.content_dir, config.program.languages)
    well = False

    async def work() -> None:
        nonlocal well
        async with storage(config, key) as kept:
            await kept.store.prepare()
            report = await drill_crisis(kept.store, content, wait)
        tell(report)
        well = report.well

    run_async(work())
    ctx.exit(0 if well else 1)


def tell(report: Report) -> None:
    from bot.app.drilling import STAGES

    for stage in STAGES:
        took = report.stages.get(stage)
        click.echo(f"{stage.value:<8} {NOT_REACHED[stage.value] if took is None else f'after {took / 1000:.3f} s'}")
    click.echo(
        "The drill is closed." if report.closed else "The drill is not closed; it closes itself within a minute."
    )
