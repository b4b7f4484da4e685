"""Works events: takes a mailbox, runs the handler on its head in a transaction, commits, goes on to the next.

An event ends in exactly one way: committed; or, after the handler failed on it repeatedly, answered by `on_failure`
and kept aside in the same commit; or, if even that fails, kept aside. It is never dropped and never blocks the
mailbox. Knows nothing of what events mean.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.event import Event, Lane
from bot.runtime.handler import Handler
from bot.runtime.lanes import FAIR_TURNS, Lanes
from bot.runtime.loop import Chance, Now, Patience, Seeds, Vitals, describe, level_of, sleep_until
from bot.runtime.measures import COMMIT, CONFLICTS, EVENT_WAIT, EVENTS, FAILURES, HANDLING
from bot.runtime.precedence import Precedence
from bot.runtime.store import Conflict, Mailboxes, StoreTrouble, Superseded, Work
from bot.runtime.transaction import Transaction

logger = logging.getLogger(__name__)

SLOTS: Mapping[Lane, int] = {Lane.CRISIS: 8, Lane.NORMAL: 20, Lane.BULK: 2}
"""Mailboxes worked at once, by lane. A handler waits for the store and its disk, and little else; many wait for one
look at the disk together."""
TRIES = 3
"""A handler that failed so often on one event will not succeed: it is a bug, or data that it cannot bear."""
CALM_CONFLICTS = 3
"""From then on each further conflict is waited out for a moment, so that many who want one thing come through."""
CONFLICT_WAIT_S = 0.02


@dataclass(slots=True)
class _Trouble:
    """What happened so far while working on one event."""

    patience: Patience
    failures: int = 0
    conflicts: int = 0
    last: str = ""
    """The last failure, for the log."""


class Worker:
    """Any number of these, in any number of processes, may run on one store."""

    def __init__(
        self, mailboxes: Mailboxes, handler: Handler, on_failure: Handler, vitals: Vitals, *,
        now: Now, seeds: Seeds, chance: Chance, slots: Mapping[Lane, int] = SLOTS,
        precedence: Precedence | None = None,
    ) -> None:  # fmt: skip
        self._mailboxes = mailboxes
        self._handler = handler
        self._on_failure = on_failure
        self._vitals = vitals
        self._now = now
        self._seeds = seeds
        self._chance = chance
        self._lanes = Lanes("worker", mailboxes, slots, self._mailbox, vitals, precedence or Precedence())

    async def run(self, stop: asyncio.Event) -> None:
        await self._lanes.run(stop)

    async def _mailbox(self, work: Work, stop: asyncio.Event) -> None:
        current: Work | None = work
        turn = 0
        while current is not None:
            turn += 1
            await self._lanes.give_way(current)
            current = await self._event(current, stop, fair=turn < FAIR_TURNS)

    async def _event(self, work: Work, stop: asyncio.Event, *, fair: bool) -> Work | None:
        """Brings one event to its end, whatever it takes. Returns the next one."""
        trouble = _Trouble(Patience("worker", self._vitals))
        try:
            return await self._to_its_end(work, trouble, stop, fair=fair)
        finally:
            trouble.patience.well()

    async def _to_its_end(self, work: Work, trouble: _Trouble, stop: asyncio.Event, *, fair: bool) -> Work | None:
        current: Work | None = work
        again = False
        while current is not None:
            try:
                if again:
                    current = await self._mailboxes.look_again(current)
                    if current is None or current.mark != work.mark:
                        return current
                return await self._attempt(current, trouble, lambda: fair and not stop.is_set())
            except Superseded:
                return None
            except Conflict:
                trouble.conflicts += 1
                self._vitals.counts["conflicts"] += 1
                self._vitals.measures.count(CONFLICTS)
                await self._give_others_time(trouble)
            except StoreTrouble as reason:
                if stop.is_set():
                    return None  # uncommitted: whoever comes next finds it at the head
                await sleep_until(stop, trouble.patience.trouble(str(reason)))
            except Exception as error:  # noqa: BLE001 - the boundary: whatever a handler raises
                trouble.failures += 1
                trouble.last = describe(error)
                self._vitals.counts["handler failures"] += 1
                self._vitals.measures.count(FAILURES)
                logger.error("event %s failed: %s", work.event.id if work.event else "?", trouble.last)  # noqa: TRY400
                if trouble.failures > TRIES:  # it could not even be kept aside
                    if stop.is_set():
                        return None
                    await sleep_until(stop, trouble.patience.trouble(trouble.last))
            again = True
        return None

    async def _attempt(self, work: Work, trouble: _Trouble, go_on: Callable[[], bool]) -> Work | None:
        if work.event is None:
            logger.error("an event in the mailbox of %s is kept aside: unreadable", work.ticket.line)
            return await self._mailboxes.bury(work, "unreadable")
        if trouble.failures > TRIES:
            logger.error("event %s is kept aside unanswered: %s", work.event.id, trouble.last)
            return await self._mailboxes.bury(work, trouble.last)
        failed = trouble.failures == TRIES
        transaction = self._mailboxes.begin(work, self._now(), self._seeds())
        began = time.perf_counter()
        await self._handle(transaction, self._on_failure if failed else self._handler)
        handled = time.perf_counter()
        following = await self._mailboxes.commit(transaction, go_on=go_on(), poison=trouble.last if failed else "")
        self._measure(work, work.event, handled - began, time.perf_counter() - handled)
        if failed:
            logger.error("event %s is kept aside: %s", work.event.id, trouble.last)
        self._vitals.counts["events"] += 1
        return following

    async def _handle(self, transaction: Transaction, handler: Handler) -> None:
        """A handler reads one thing after the other. What does not fit together because somebody changed one of them
        meanwhile is a conflict like any other, and no failure of the handler's.
        """
        try:
            await handler(transaction)
        except (Conflict, Superseded, StoreTrouble):
            raise
        except Exception:
            if await self._mailboxes.is_current(transaction):
                raise
            raise Conflict from None

    def _measure(self, work: Work, event: Event, handling_s: float, commit_s: float) -> None:
        """Also tells the event's id, which the messages that come of it carry along: at level debug, and of a crisis
        always."""
        lane, waited_s = work.ticket.lane, (self._now() - event.at) / 1000
        measures = self._vitals.measures
        measures.count(EVENTS, lane.value)
        measures.took(HANDLING, handling_s, lane.value)
        measures.took(COMMIT, commit_s, lane.value)
        measures.took(EVENT_WAIT, waited_s, lane.value)
        level = level_of(lane)
        if logger.isEnabledFor(level):
            told = {"event_id": event.id, "kind": type(event.body).__name__, "lane": lane.value}
            logger.log(level, "worked", extra={**told, "waited_ms": round(waited_s * 1000)})

    async def _give_others_time(self, trouble: _Trouble) -> None:
        over = trouble.conflicts - CALM_CONFLICTS
        if over > 0:
            await asyncio.sleep(CONFLICT_WAIT_S * min(over, 5) * self._chance())
