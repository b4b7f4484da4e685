"""`sebaya key new`: a new encryption key."""

from __future__ import annotations

import click


@click.group()
def key() -> None:
    """Encryption keys."""


@key.command()
def new() -> None:
    """Prints a new key for SEBAYA_KEY. It is stored nowhere: keep a copy in a safe place."""
    from bot.store.sealing import new_key

    click.echo(new_key())
