"""Options that several commands share, and what they read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.config import Config

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="The settings file; config.yaml by default.",
)

KEY_VARIABLE = "SEBAYA_KEY"


def read_config(config_path: Path | None) -> tuple[Config, Path]:
    """The settings and the file they came from. Raises FaultyContent."""
    from bot.config import default_path, load

    path = config_path or default_path()
    return load(path, os.environ), path


def read_key() -> str:
    """The encryption key. Raises ClickException with what to do when there is none."""
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if not key:
        raise click.ClickException(
            f"{KEY_VARIABLE} is not set, and nothing is stored without encryption. "
            f"Make a key with `sebaya key new`, keep a copy in a safe place, and set {KEY_VARIABLE} to it."
        )
    return key
