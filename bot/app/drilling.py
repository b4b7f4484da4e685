"""Drills: has a synthetic student write of a crisis, beside a running bot, and tells how long each stage took.

The words go the way of any others, from intake to alert; `bot.casework.drills` closes the case, also when whoever
began it is gone.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass, field

from bot.app.library import Library
from bot.app.triage import Triage
from bot.casework.words import Drilling, Noted
from bot.content import Content
from bot.model.address import DRILL_PLATFORM, Address, Side
from bot.model.case import Case
from bot.model.event import Body, Event, Lane, Milliseconds, Nudge, TextSaid
from bot.runtime.loop import Patience, Vitals, sleep_until, wall_clock
from bot.runtime.platform import Arrival
from bot.runtime.store import StoreTrouble
from bot.store import RedisStore

logger = logging.getLogger(__name__)

STAGES = (Noted.QUEUED, Noted.ALERTED, Noted.CLAIMED)
LOOK_EVERY_S = 0.05
SPARE_MS = 60_000
"""A drill whose end nobody asks for ends itself so long after it should have."""
CLOSED_WITHIN_S = 10.0
LONGEST_WAIT_S = 30.0


@dataclass(slots=True)
class Report:
    """Milliseconds from the student's words to each stage; a stage that was not reached is missing."""

    stages: dict[Noted, int] = field(default_factory=dict)
    closed: bool = False

    @property
    def well(self) -> bool:
        return Noted.ALERTED in self.stages and self.closed


class Drill:
    """One drill. `token` names it; the same token never takes effect twice."""

    def __init__(self, store: RedisStore, content: Content, token: str = "") -> None:
        self._store = store
        self._content = content
        self._token = token or secrets.token_hex(8)
        self._triage = Triage(lambda: content.screening)
        self.person = store.keyring.person_id(DRILL_PLATFORM, self._token)

    async def begin(self, open_ms: int, now: Milliseconds) -> None:
        """Puts the words in. They are over after `open_ms` at the latest. Raises StoreTrouble; safe to repeat."""
        language = self._content.languages[0]
        said = TextSaid(self._content.say("drill.says", language), "1")
        begin = Nudge(Drilling.BEGIN.value, data=str(open_ms))
        await self._store.intake.receive(
            [(self._arrival("begin", begin, now), Lane.CRISIS), (self._arrival("says", said, now), self._triage(said))]
        )

    async def end(self) -> None:
        """Raises StoreTrouble; safe to repeat."""
        nudge = Nudge(Drilling.END.value)
        await self._store.intake.receive([(self._arrival("end", nudge, wall_clock()), Lane.CRISIS)])

    async def case(self) -> Case | None:
        """Its case as it is now, open or closed. Raises StoreTrouble."""
        student = await self._store.records.person(self.person)
        if student is None:
            return None
        names = (student.own_case, *student.past_cases)
        return await self._store.records.case(next((name for name in names if name), ""))

    def _arrival(self, what: str, body: Body, now: Milliseconds) -> Arrival:
        name = f"{DRILL_PLATFORM}:{self._token}:{what}"
        address = Address(DRILL_PLATFORM, Side.STUDENT.value, self._token) if isinstance(body, TextSaid) else None
        language = self._content.languages[0]
        return Arrival(name, Event(name, self.person, now, body, Side.STUDENT, address, language))


async def drill_crisis(store: RedisStore, content: Content, wait_s: float) -> Report:
    """Waits until somebody has taken the case, or `wait_s` are over; then ends it. Raises StoreTrouble."""
    drill = Drill(store, content)
    began = wall_clock()
    await drill.begin(int(wait_s * 1000) + SPARE_MS, began)
    report = Report()
    try:
        until = time.monotonic() + wait_s
        while Noted.CLAIMED not in report.stages and time.monotonic() < until:
            _note(report, await drill.case(), began)
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        await drill.end()
    until = time.monotonic() + CLOSED_WITHIN_S
    while not report.closed and time.monotonic() < until:
        _note(report, await drill.case(), began)
        await asyncio.sleep(LOOK_EVERY_S)
    return report


def _note(report: Report, case: Case | None, began: Milliseconds) -> None:
    if case is None:
        return
    report.closed = not case.is_open
    for entry in case.timeline:
        for stage in STAGES:
            if entry.what == stage.value:
                report.stages.setdefault(stage, max(0, entry.at - began))


class Drills:
    """A loop: a drill at each full span of `every_ms` since 1970. Any number of clocks may run it: the store takes each
    drill once, whoever brings it.
    """

    def __init__(self, store: RedisStore, library: Library, every_ms: int, open_ms: int, vitals: Vitals) -> None:
        self._store = store
        self._library = library
        self._every_ms = every_ms
        self._open_ms = open_ms
        self._vitals = vitals

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            number = wall_clock() // self._every_ms + 1
            await sleep_until(stop, (number * self._every_ms - wall_clock()) / 1000)
            if not stop.is_set():
                await self._begin(number, stop)

    async def _begin(self, number: int, stop: asyncio.Event) -> None:
        drill = Drill(self._store, self._library.current, f"{self._every_ms}-{number}")
        patience = Patience("drills", self._vitals, LONGEST_WAIT_S)
        while not stop.is_set():
            try:
                await drill.begin(self._open_ms, wall_clock())
            except StoreTrouble as trouble:
                await sleep_until(stop, patience.trouble(str(trouble)))
            else:
                patience.well()
                logger.info("a drill has begun", extra={"drill": number})
                return
