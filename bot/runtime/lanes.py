"""Works lines (mailboxes, or chats) of each lane in slots of its own, so that a full normal lane never delays a crisis.

Shared by worker and sender: takes lines, starts a task for each, shows signs of life for those in hand, takes over
lines of the dead, and lets go of everything at a stop. Knows nothing of what is done with a line.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from bot.model.event import Lane
from bot.runtime.loop import Patience, Vitals, describe, sleep_until
from bot.runtime.precedence import Precedence
from bot.runtime.store import StoreTrouble, Ticket

logger = logging.getLogger(__name__)

BLOCK_S = 1.0
"""How long one look at a lane waits; a stop is noticed within this time."""
RECLAIM_EVERY_S = 1.0
KEEP_EVERY_S = 1.0
"""Well below the lease, which is five seconds."""
SIGNS = 2
"""After a silent store a line is left to its holder for so many of its signs of life more: those who live could give
none either, and whoever took their lines over would send again what they are sending."""
STOP_WITHIN_S = 8.0
"""Work in hand has so long to end after a stop; ten seconds are promised for the whole process."""
FAIR_TURNS = 20
"""After so many events a line gives way to others."""


class Item(Protocol):
    """A line in our hand, with what is at its head."""

    @property
    def ticket(self) -> Ticket: ...


Held = TypeVar("Held", bound=Item)


class Source(Protocol[Held]):
    """The half of `Mailboxes` and `Outbox` that is about lines."""

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Held]: ...
    async def reclaim(self, lane: Lane, count: int) -> Sequence[Held]: ...
    async def wake(self) -> None: ...
    async def keep(self, items: Sequence[Held], /) -> None: ...
    async def put_back(self, item: Held, /) -> None: ...


class Lanes(Generic[Held]):
    """`work` works one line to its end or until it gives way; it deals with its own errors."""

    def __init__(
        self, name: str, source: Source[Held], slots: Mapping[Lane, int],
        work: Callable[[Held, asyncio.Event], Awaitable[None]], vitals: Vitals, precedence: Precedence,
    ) -> None:  # fmt: skip
        self._name = name
        self._source = source
        self._slots = slots
        self._work = work
        self._vitals = vitals
        self._precedence = precedence
        self._in_hand: dict[Ticket, Held] = {}
        """By ticket, not by line: a line that gave way may come back before its last task has quite ended."""

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; then what is in hand is finished, and the rest stays where it is."""
        over = asyncio.Event()
        keeper = asyncio.create_task(self._keep(over), name=f"{self._name} keep")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._end_waits(stop), name=f"{self._name} stop")
                for lane, slots in self._slots.items():
                    group.create_task(self._lane(lane, slots, stop), name=f"{self._name} {lane.value}")
        finally:
            over.set()
            await keeper

    async def give_way(self, item: Held) -> None:
        """To be called before each turn of a line: ordinary ones stand back while a crisis is in hand."""
        if item.ticket.lane is not Lane.CRISIS:
            await self._precedence.stand_back()

    async def _end_waits(self, stop: asyncio.Event) -> None:
        await stop.wait()
        try:
            await self._source.wake()
        except StoreTrouble:
            return  # then nobody waits for it either

    async def _lane(self, lane: Lane, slots: int, stop: asyncio.Event) -> None:
        tasks: set[asyncio.Task[None]] = set()
        try:
            await self._take(lane, slots, stop, tasks)
            if tasks:
                await asyncio.wait(tasks, timeout=STOP_WITHIN_S)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, lane: Lane, slots: int, stop: asyncio.Event, tasks: set[asyncio.Task[None]]) -> None:
        loop = f"{self._name} {lane.value}"
        patience = Patience(loop, self._vitals)
        reclaim_at = float("-inf")
        while not stop.is_set():
            free = slots - len(tasks)
            if not free:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                continue
            asked_at = time.monotonic()
            try:
                if asked_at >= reclaim_at:
                    items = await self._source.reclaim(lane, free)
                    reclaim_at = time.monotonic() + RECLAIM_EVERY_S
                else:
                    items = await self._source.ready(lane, free, BLOCK_S)
            except StoreTrouble as trouble:
                await sleep_until(stop, patience.trouble(str(trouble)))
                reclaim_at = time.monotonic() + SIGNS * KEEP_EVERY_S
                continue
            if time.monotonic() - asked_at > BLOCK_S + KEEP_EVERY_S:
                reclaim_at = time.monotonic() + SIGNS * KEEP_EVERY_S
            patience.well()
            self._vitals.turn(loop)
            for item in items:
                if item.ticket not in self._in_hand:
                    self._start(item, stop, tasks)

    def _start(self, item: Held, stop: asyncio.Event, tasks: set[asyncio.Task[None]]) -> None:
        self._in_hand[item.ticket] = item
        task = asyncio.create_task(self._hold(item, stop), name=f"{self._name} {item.ticket.line}")
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def _hold(self, item: Held, stop: asyncio.Event) -> None:
        try:
            if stop.is_set():
                await self._source.put_back(item)
            elif item.ticket.lane is Lane.CRISIS:
                with self._precedence.urgent():
                    await self._work(item, stop)
            else:
                await self._work(item, stop)
        except StoreTrouble as trouble:
            logger.warning("%s lets go of %s: %s", self._name, item.ticket.line, trouble)
        except Exception as error:  # noqa: BLE001 - the boundary: a line's trouble must not stop the others
            # The line stays in our hand without a sign of life, and is taken over after the lease.
            logger.error("%s failed on %s: %s", self._name, item.ticket.line, describe(error))  # noqa: TRY400
        finally:
            del self._in_hand[item.ticket]

    async def _keep(self, over: asyncio.Event) -> None:
        while not over.is_set():
            await sleep_until(over, KEEP_EVERY_S)
            if self._in_hand:
                try:
                    await self._source.keep(list(self._in_hand.values()))
                except StoreTrouble:
                    continue  # the lanes' own reads tell of it
