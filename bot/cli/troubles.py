"""What can go wrong that an operator can mend, as one clear line each and exit code 1."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import click

UNEXPECTED = 70
"""What BSD's sysexits calls an internal error."""


def quick_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where there is one: it saves a fifth of the time that a message costs. None for Python's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Runs a command's work. Raises ClickException for expected troubles.

    What nobody expected is told by its kind and places only: its message may quote what somebody wrote, or a token.
    """
    from bot.model.source import FaultyContent

    try:
        with asyncio.Runner(loop_factory=quick_loop()) as runner:
            runner.run(work)
    except (FaultyContent, click.ClickException):
        raise
    except Exception as trouble:  # noqa: BLE001 - the outermost boundary
        if said := _expected(trouble):
            raise click.ClickException(said) from None
        from bot.app.logs import describe

        click.echo(json.dumps({"level": "error", "event": "unexpected", "trouble": describe(trouble)}), err=True)
        raise SystemExit(UNEXPECTED) from None


def _expected(trouble: Exception) -> str:
    """What to tell of a trouble that an operator can mend; empty for any other. Loads the parts only to ask."""
    from bot.console import PortTaken
    from bot.platforms import MissingLibrary
    from bot.runtime.store import StoreTrouble
    from bot.store import FaultyAddress, FaultyKey, FaultyProgramName, NoServer, WrongKey

    if isinstance(trouble, StoreTrouble):
        return f"{trouble}. Is the server in redis.url running?"
    if isinstance(trouble, FaultyAddress):
        from bot.app.storage import told_of_address

        return told_of_address(trouble)
    known = (FaultyKey, FaultyProgramName, NoServer, WrongKey, MissingLibrary, PortTaken)
    return str(trouble) if isinstance(trouble, known) else ""
