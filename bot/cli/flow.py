"""`sebaya flow`: looking at flows."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.options import config_option, read_config


@click.group()
def flow() -> None:
    """Looking at flows."""


@flow.command()
@click.argument("name")
@config_option
def draw(name: str, config_path: Path | None) -> None:
    """Prints a flow as a picture in Mermaid's notation."""
    from bot.content import load
    from bot.flow import draw as drawn

    config, _ = read_config(config_path)
    content = load(config.content_dir, config.program.languages)
    if name not in content.flows:
        known = ", ".join(sorted(each.name for each in content.flows))
        raise click.ClickException(f"there is no flow {name}. Flows are: {known}")
    click.echo(drawn(content.flows[name], config.program.languages[0]))
