"""`sebaya doctor`: is everything reachable and healthy?"""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.troubles import run_async


@click.command()
@click.option(
    "--repair", is_flag=True, help="Mend cases and hands that nothing would ever move. Needs a running worker."
)
@config_option
@click.pass_context
def doctor(ctx: click.Context, repair: bool, config_path: Path | None) -> None:
    """Looks at config, content, store, platform and the running bot, and for anybody who is stuck.

    Exits with 1 if anything is not well.
    """
    from bot.app.examining import examine
    from bot.config import require_ready

    config, path = read_config(config_path)
    require_ready(config, path)
    key = read_key()
    well = True

    async def work() -> None:
        nonlocal well
        async for finding in examine(config, key, repair=repair):
            well = well and finding.well
            click.echo(f"{'ok  ' if finding.well else 'BAD '} {finding.what}: {finding.told}")

    run_async(work())
    ctx.exit(0 if well else 1)
