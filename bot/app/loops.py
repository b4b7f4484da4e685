"""Runs loops side by side until a stop, and sees to it that they all end in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol

logger = logging.getLogger(__name__)

STOP_WITHIN_S = 9.0
"""Ten are promised; the last is for closing connections and the embedded server."""


class Loop(Protocol):
    async def run(self, stop: asyncio.Event, /) -> object:
        """Until `stop`, or until there is nothing more to do."""


async def run_all(loops: Mapping[str, Loop], stop: asyncio.Event) -> None:
    """Until all have ended. The first that fails stops the others, and its exception is raised: a process with a loop
    missing would look alive; whoever watches over it starts a whole one instead.
    """
    tasks = [asyncio.create_task(loop.run(stop), name=name) for name, loop in loops.items()]
    stopped = asyncio.create_task(stop.wait(), name="stop")
    failed: BaseException | None = None
    try:
        failed = await _first_failure(tasks, stopped)
    finally:
        stop.set()
        await _end(tasks)
        await stopped
    if failed is not None:
        raise failed


async def _first_failure(tasks: list[asyncio.Task[object]], stopped: asyncio.Task[object]) -> BaseException | None:
    running = set(tasks)
    while running and not stopped.done():
        done, _ = await asyncio.wait({*running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        running -= done
        for task in done - {stopped}:
            if trouble := task.exception():
                logger.error("a loop failed", extra={"loop": task.get_name()}, exc_info=trouble)
                return trouble
    return None


async def _end(tasks: list[asyncio.Task[object]]) -> None:
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=STOP_WITHIN_S)
    for task in late:
        logger.warning("a loop did not end in time", extra={"loop": task.get_name()})
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
