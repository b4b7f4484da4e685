"""`sebaya run`: the bot."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.troubles import run_async

PARTS = ("gateway", "worker", "sender", "clock", "web")


def chosen_parts(_ctx: click.Context, _param: click.Parameter, value: str | None) -> frozenset[str]:
    if value is None:
        return frozenset(PARTS)
    chosen = frozenset(part.strip() for part in value.split(",") if part.strip())
    unknown = sorted(chosen - set(PARTS))
    if unknown or not chosen:
        raise click.BadParameter(f"choose among {', '.join(PARTS)}, separated by commas")
    return chosen


@click.command()
@config_option
@click.option("--only", callback=chosen_parts, metavar="PARTS", help=f"Some of {','.join(PARTS)}; all by default.")
def run(config_path: Path | None, only: frozenset[str]) -> None:
    """Runs the bot until it is stopped with Ctrl-C or SIGTERM."""
    config, path = read_config(config_path)
    from bot.config import require_ready

    require_ready(config, path)
    key = read_key()
    import logging

    from bot.app import logs
    from bot.app.serving import serve
    from bot.app.stopping import stop_on_signals
    from bot.app.telegram import tokens

    hidden = (config.telegram.webhook.secret, config.redis.sentinel.password)
    secrets = [each.get_secret_value() for each in hidden]
    level = logging.DEBUG if config.runtime.log == "debug" else logging.INFO
    logs.set_up([key, *key.split(","), *tokens(config).values(), *secrets], level)

    async def work() -> None:
        stop = stop_on_signals()
        await serve(config, key, only, stop)

    run_async(work())
