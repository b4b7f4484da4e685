"""`sebaya sandbox`: a Telegram on this machine, with a bot in it or without."""

from __future__ import annotations

import os
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import config_option
from bot.cli.troubles import run_async

if TYPE_CHECKING:
    from bot.sandbox.server import SandboxServer

USUAL_PORT = 8080


@click.command()
@click.option("--port", type=click.IntRange(0, 65_535), help=f"The port; {USUAL_PORT} or a free one by default.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--no-bot", is_flag=True, help="Only the Bot API and the page; every token is taken.")
@click.option(
    "--data-dir", type=click.Path(path_type=Path), default=Path("data/sandbox"), show_default=True, help="For the bot."
)
@config_option
def sandbox(port: int | None, host: str, no_bot: bool, data_dir: Path, config_path: Path | None) -> None:
    """Starts the sandbox and prints the address of its page. Ctrl-C stops it."""
    import logging

    from bot.app import logs

    logs.set_up(level=logging.WARNING)
    wanted, firm = (USUAL_PORT, False) if port is None else (port, True)
    run_async(_alone(host, wanted, firm) if no_bot else _with_bot(host, wanted, firm, data_dir, config_path))


async def _alone(host: str, port: int, firm: bool) -> None:
    from bot.app.sandbox_alone import open_sandbox
    from bot.app.stopping import stop_on_signals

    stop = stop_on_signals()
    server = await _opened(open_sandbox(host, port, firm=firm), port)
    try:
        click.echo(f"The sandbox is open at {server.url}")
        await stop.wait()
    finally:
        await server.stop()


async def _with_bot(host: str, port: int, firm: bool, folder: Path, config_path: Path | None) -> None:
    from bot.app.sandbox_alone import open_sandbox
    from bot.app.scene import accounts, people
    from bot.app.stage import demo_config, play
    from bot.app.stopping import stop_on_signals
    from bot.config import default_path

    stop = stop_on_signals()
    bots = accounts()
    config = demo_config(config_path or default_path(), os.environ, folder, bots)
    scene = people(config.program.languages[0])
    server = await _opened(open_sandbox(host, port, firm=firm, bots=bots, scene=scene), port)
    try:
        click.echo(f"The sandbox is open at {server.url}\nThe bot is starting; everybody takes their place.")
        await play(server, config, stop, lambda: click.echo(f"Everything runs. Open {server.url} in a browser."))
    finally:
        await server.stop()


async def _opened(opening: Coroutine[Any, Any, SandboxServer], port: int) -> SandboxServer:
    try:
        return await opening
    except OSError as trouble:
        raise click.ClickException(f"port {port} cannot be used: {trouble.strerror}") from None
