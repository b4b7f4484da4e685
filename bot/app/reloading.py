"""Notices changed content and has it loaded. Faults are logged; what ran before keeps running."""

from __future__ import annotations

import asyncio
import logging
import signal
from pathlib import Path
from typing import TypeAlias

from bot.app.library import Library
from bot.model.source import FaultyContent
from bot.runtime.loop import sleep_until
from bot.runtime.store import StoreTrouble

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 3.0
Print: TypeAlias = tuple[tuple[str, int, int], ...]


class Reloading:
    """A loop like the others: `run` until `stop`. SIGHUP has the content read at once."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._folder = folder
        self._asked = asyncio.Event()
        self._print = footprint(folder)

    async def run(self, stop: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self._asked.set)
        try:
            while not stop.is_set():
                await self._look()
                await sleep_until(stop, LOOK_EVERY_S)
        finally:
            loop.remove_signal_handler(signal.SIGHUP)

    async def _look(self) -> None:
        seen = await asyncio.to_thread(footprint, self._folder)
        if seen == self._print and not self._asked.is_set():
            return
        self._asked.clear()
        try:
            await self._library.load()
        except FaultyContent as trouble:
            faults = [str(fault) for fault in trouble.faults]
            logger.error("the changed content is faulty, the old stays in use", extra={"faults": faults})  # noqa: TRY400
        except StoreTrouble:
            return  # the next look tries again
        self._print = seen


def footprint(folder: Path) -> Print:
    """Changes whenever a file is written, added or removed. A file that vanishes meanwhile counts as not there."""
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
