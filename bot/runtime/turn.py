"""Whose turn it is to poll a bot: one gateway at a time, by a lease in the store; the others stand by.

What an earlier holder still brings is refused by the store itself (`Intake.receive`); this only sees to it that it
stops looking. Knows nothing of updates.
"""

from __future__ import annotations

import asyncio
import logging
import time

from bot.runtime.loop import Patience, Vitals, sleep_until
from bot.runtime.store import Intake, StoreTrouble

logger = logging.getLogger(__name__)

RENEW_EVERY_S = 1.0
"""Well below the lease, which is five seconds; whoever stands by asks as often."""


class Turn:
    """One gateway's part in it."""

    def __init__(self, intake: Intake, poller: str, name: str, vitals: Vitals) -> None:
        self.poller = poller
        self._intake = intake
        self._name = name
        self._vitals = vitals
        self._patience = Patience(f"{name} turn", vitals)
        self._ours = False
        self._stands_by = False
        self._renewed_at = float("-inf")

    async def comes(self, stop: asyncio.Event) -> bool:
        """True when it is ours. Otherwise waits a moment, and says False: ask again."""
        try:
            if await self._asked():
                self._patience.well()
                return True
        except StoreTrouble as trouble:
            await sleep_until(stop, self._patience.trouble(str(trouble)))
            return False
        self._patience.well()
        self._vitals.turn(self._name)
        if not self._stands_by:
            self._stands_by = True
            logger.info("%s stands by: another process receives for this bot", self._name)
        await sleep_until(stop, RENEW_EVERY_S)
        return False

    async def lasts(self) -> bool:
        """False when another has it now. While the store is silent nobody else can take it."""
        try:
            return await self._asked()
        except StoreTrouble:
            return True

    def lost(self) -> None:
        """The store has refused what we brought."""
        self._ours = False

    async def end(self) -> None:
        """Lets another have it at once."""
        if self._ours:
            try:
                await self._intake.release(self.poller)
            except StoreTrouble:
                return  # then it ends with the lease

    async def _asked(self) -> bool:
        """Renews the lease where it is due. Raises StoreTrouble."""
        if self._ours and time.monotonic() - self._renewed_at < RENEW_EVERY_S:
            return True
        asked_at = time.monotonic()
        before, self._ours = self._ours, await self._intake.hold(self.poller)
        if self._ours:
            self._renewed_at = asked_at
            if self._stands_by:
                self._stands_by = False
                logger.info("%s takes over", self._name)
        elif before:
            logger.warning("%s was silent for too long and has lost its turn", self._name)
        return self._ours
