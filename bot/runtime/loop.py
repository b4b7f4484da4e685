"""What the loops share: how they wait, how they bear trouble, and the signs of life that the health check reads."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.model.event import Lane, Milliseconds
from bot.runtime.measures import Measures

logger = logging.getLogger(__name__)

Now: TypeAlias = Callable[[], Milliseconds]
"""The time, UTC."""
Seeds: TypeAlias = Callable[[], int]
"""A fresh seed for each attempt of a handler."""
Chance: TypeAlias = Callable[[], float]
"""A number from 0 to 1, so that many who wait do not all come back at the same moment."""

FIRST_WAIT_S = 0.1
LONGEST_WAIT_S = 5.0
"""A store that comes back is noticed within this time."""


def level_of(lane: str) -> int:
    """At which level of the log ordinary work is told: of a crisis always, of all else where somebody looks closely."""
    return logging.INFO if lane == Lane.CRISIS else logging.DEBUG


_NEVER_SLEEPS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Linux stops `time.monotonic()` while the machine sleeps; a lease in the store runs out all the same."""


def elapsed() -> float:
    """Seconds on a clock that nobody sets and that goes on while the machine sleeps: for leases."""
    return time.clock_gettime(_NEVER_SLEEPS)


def wall_clock() -> Milliseconds:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Silence:
    """A platform that does not answer: why, since when and when it was last tried (`time.monotonic()`)."""

    why: str
    since: float
    last: float


class Vitals:
    """When each loop last turned, and how often what happened."""

    def __init__(self) -> None:
        self.turns: dict[str, float] = {}
        """By loop: `time.monotonic()` of its last turn."""
        self.troubles: dict[str, str] = {}
        """By loop: what keeps it from working now."""
        self.counts: Counter[str] = Counter()
        self.measures = Measures()
        self.silences: dict[str, Silence] = {}
        """By bot: since when its platform has not answered us. Only bots whose last attempt failed."""

    def answered(self, bot: str) -> None:
        """The bot's platform has answered, whatever it said."""
        self.silences.pop(bot, None)

    def unanswered(self, bot: str, why: str) -> None:
        """An attempt to reach the bot's platform failed."""
        now = time.monotonic()
        since = self.silences[bot].since if bot in self.silences else now
        self.silences[bot] = Silence(why, since, now)

    def turn(self, loop: str) -> None:
        self.turns[loop] = time.monotonic()

    def idle_s(self, loop: str) -> float | None:
        """Seconds since the loop last turned; None if it never did."""
        last = self.turns.get(loop)
        return None if last is None else time.monotonic() - last


class Patience:
    """One loop's trouble: how long to wait, and one log line when it begins and one when it ends."""

    def __init__(self, loop: str, vitals: Vitals, longest_s: float = LONGEST_WAIT_S) -> None:
        self._loop = loop
        self._vitals = vitals
        self._longest_s = longest_s
        self._wait_s = 0.0

    def trouble(self, what: str) -> float:
        """Seconds to wait before the next attempt. `what` goes into the log: no text of people, no ids."""
        if self._loop not in self._vitals.troubles:
            logger.warning("%s waits: %s", self._loop, what)
        self._vitals.troubles[self._loop] = what
        self._wait_s = min(self._longest_s, self._wait_s * 2 or FIRST_WAIT_S)
        return self._wait_s

    def well(self) -> None:
        """To be called when it went well, and when the waiting is given up."""
        if not self._wait_s:
            return
        self._wait_s = 0.0
        if self._vitals.troubles.pop(self._loop, None) is not None:
            logger.info("%s works again", self._loop)


async def sleep_until(stop: asyncio.Event, seconds: float) -> None:
    """Sleeps, but not past a stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def describe(error: BaseException) -> str:
    """An error for the log: its kind and place. Never its message, which may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
