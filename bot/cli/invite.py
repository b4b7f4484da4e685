"""`sebaya invite`: a one-time link by which a person becomes supporter, counselor or coordinator."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.troubles import run_async
from bot.model.person import Role


@click.command()
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--trained", is_flag=True, help="They are certified already: a supporter may be offered cases at once.")
@config_option
def invite(role: str, trained: bool, config_path: Path | None) -> None:
    """Makes a one-time link for somebody new. The last word printed is its code."""
    config, _ = read_config(config_path)
    key = read_key()
    from bot.app.inviting import VALID_MS
    from bot.app.inviting import invite as make

    async def work() -> None:
        invitation = await make(config, key, Role(role), trained=trained)
        days = VALID_MS // 86_400_000
        click.echo(f"For one {role}, once, within {days} days. Send it to them alone.")
        if invitation.link:
            click.echo(f"Open {invitation.link}")
            click.echo(f"or write to the bot: /start {invitation.code}")
        else:
            click.echo(f"They write to the staff bot: /start {invitation.code}")

    run_async(work())
