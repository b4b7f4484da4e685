"""Lets timers ring and wakes chats whose next attempt is due. Any number of clocks may run: each timer rings once."""

from __future__ import annotations

import asyncio

from bot.runtime.loop import Now, Patience, Vitals, sleep_until
from bot.runtime.store import StoreTrouble, Timers

TICK_S = 0.2
"""How late a timer may ring."""
TIDY_EVERY = 300
"""Ticks: a minute."""


class Clock:
    """The loop."""

    def __init__(self, timers: Timers, vitals: Vitals, *, now: Now) -> None:
        self._timers = timers
        self._vitals = vitals
        self._now = now

    async def run(self, stop: asyncio.Event) -> None:
        patience = Patience("clock", self._vitals)
        ticks = 0
        while not stop.is_set():
            try:
                busy = await self._tick(ticks)
            except StoreTrouble as trouble:
                await sleep_until(stop, patience.trouble(str(trouble)))
                continue
            patience.well()
            self._vitals.turn("clock")
            ticks += 1
            if not busy:
                await sleep_until(stop, TICK_S)

    async def _tick(self, ticks: int) -> bool:
        """True if there may be more to do at once."""
        now = self._now()
        fired = await self._timers.fire(now)
        woken = await self._timers.wake(now)
        self._vitals.counts["timers"] += fired
        if ticks % TIDY_EVERY == 0:
            await self._timers.tidy()
        return bool(fired or woken)
