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

    config, _ = read_config(config_path)
    found = check_content(config)
    for warning in found.warnings:
        click.echo(f"warning: {warning}")
    for fault in found.faults:
        click.echo(str(fault))
    if found.faults:
        click.echo(f"{len(found.faults)} faults." if len(found.faults) > 1 else "1 fault.")
        ctx.exit(1)
    click.echo(f"All is well. Content edition {found.edition}.")
