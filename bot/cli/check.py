"""`sebaya check`: everything that is wrong in config and content, with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_config


@click.command()
@config_option
@click.pass_context
def check(ctx: click.Context, config_path: Path | None) -> None:
    """Checks config, flows and word lists. Exits with 1 if anything is wrong."""
    from bot.app.checking import check_content
    from bot.app.storage import address_trouble

    config, _ = read_config(config_path)
    found = check_content(config)
    for warning in found.warnings:
        click.echo(f"warning: {warning}")
    faults = [*map(str, found.faults), *filter(None, [address_trouble(config)])]
    for fault in faults:
        click.echo(fault)
    if faults:
        click.echo(f"{len(faults)} faults." if len(faults) > 1 else "1 fault.")
        ctx.exit(1)
    click.echo(f"All is well. Content edition {found.edition}.")
