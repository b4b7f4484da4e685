"""What can go wrong that an operator can mend, as one clear line each and exit code 1."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

import click

UNEXPECTED = 70
"""What BSD's sysexits calls an internal error."""


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Runs a command's work. Raises ClickException for expected troubles.

    What nobody expected is told by its kind and places only: its message may quote what somebody wrote, or a token.
    """
    from bot.app.logs import describe
    from bot.console import PortTaken
    from bot.model.source import FaultyContent
    from bot.platforms import MissingLibrary
    from bot.runtime.store import StoreTrouble
    from bot.store import FaultyKey, FaultyProgramName, NoServer, WrongKey

    try:
        asyncio.run(work)
    except (FaultyContent, click.ClickException):
        raise
    except (FaultyKey, FaultyProgramName, NoServer, WrongKey, MissingLibrary, PortTaken) as trouble:
        raise click.ClickException(str(trouble)) from None
    except StoreTrouble as trouble:
        raise click.ClickException(f"{trouble}. Is the server in redis.url running?") from None
    except Exception as trouble:  # noqa: BLE001 - the outermost boundary
        click.echo(json.dumps({"level": "error", "event": "unexpected", "trouble": describe(trouble)}), err=True)
        raise SystemExit(UNEXPECTED) from None
