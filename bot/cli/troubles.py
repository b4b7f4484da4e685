"""What can go wrong that an operator can mend, as one clear line each and exit code 1."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import click


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Runs a command's work. Raises ClickException for expected troubles; all others keep their traceback."""
    from bot.platforms import MissingLibrary
    from bot.runtime.store import StoreTrouble
    from bot.store import FaultyKey, FaultyProgramName, NoServer, WrongKey

    try:
        asyncio.run(work)
    except (FaultyKey, FaultyProgramName, NoServer, WrongKey, MissingLibrary) as trouble:
        raise click.ClickException(str(trouble)) from None
    except StoreTrouble as trouble:
        raise click.ClickException(f"{trouble}. Is the server in redis.url running?") from None
