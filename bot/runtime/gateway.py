"""Brings in what a platform has for one bot: looks, stores, and only then acknowledges by looking for what comes after.

A crash between storing and acknowledging brings the same updates again; the store knows them. One gateway a bot looks
at a time; any number may stand by. Decides nothing but the lane, which it asks of triage.
"""

from __future__ import annotations

import asyncio
import logging

from bot.model.event import Body, Lane
from bot.runtime.handler import Triage
from bot.runtime.loop import Patience, Vitals, describe, sleep_until
from bot.runtime.measures import IGNORED, MALFORMED, REPEATED, UPDATES
from bot.runtime.platform import Batch, Crowded, Platform, TryLater, Unauthorized
from bot.runtime.store import Intake, StoreTrouble, Superseded
from bot.runtime.turn import RENEW_EVERY_S, Turn

logger = logging.getLogger(__name__)

WAIT_S = 25.0
"""How long one look waits for updates."""
LONGEST_WAIT_S = 30.0
"""For troubles that an operator must mend, or the platform."""


class Gateway:
    """One bot on one platform."""

    def __init__(self, intake: Intake, platform: Platform, bot: str, triage: Triage, vitals: Vitals) -> None:
        self._intake = intake
        self._platform = platform
        self._bot = bot
        self._triage = triage
        self._vitals = vitals
        self._name = f"gateway {platform.name} {bot}"
        self._turn = Turn(intake, f"{platform.name}.{bot}", self._name, vitals)
        self._store_patience = Patience(f"{self._name} store", vitals)
        self._patience = Patience(self._name, vitals, LONGEST_WAIT_S)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What is not stored by then stays with the platform."""
        cursor = ""
        try:
            while not stop.is_set():
                if not await self._turn.comes(stop):
                    cursor = ""  # the next turn begins with what the platform still has
                    continue
                batch = await self._look(cursor, stop)
                if batch is not None and await self._stored(batch, stop):
                    cursor = batch.cursor
        finally:
            await self._turn.end()

    async def _look(self, cursor: str, stop: asyncio.Event) -> Batch | None:
        """One batch; None when there was trouble (it has been waited out), a stop, or our turn is over."""
        look = asyncio.create_task(self._platform.receive(self._bot, cursor, WAIT_S), name=self._name)
        stopped = asyncio.create_task(stop.wait())
        try:
            while not look.done():
                await asyncio.wait({look, stopped}, timeout=RENEW_EVERY_S, return_when=asyncio.FIRST_COMPLETED)
                if stop.is_set() and not look.done():
                    return None
                if not await self._turn.lasts():
                    return None
            batch = look.result()
        except TryLater as trouble:
            self._vitals.unanswered(self._bot, trouble.reason)
            waited = (trouble.after_ms or 0) / 1000
            await sleep_until(stop, max(waited, self._patience.trouble(trouble.reason)))
        except Unauthorized:
            if self._name not in self._vitals.troubles:
                logger.error("%s: the platform does not know the token; mend the config", self._name)  # noqa: TRY400
            await sleep_until(stop, self._patience.trouble("the platform does not know the token"))
        except Crowded:
            await sleep_until(stop, self._patience.trouble("somebody else receives this bot's updates"))
        except Exception as error:  # noqa: BLE001 - the boundary: a driver's bug must not end the loop
            await sleep_until(stop, self._patience.trouble(describe(error)))
        else:
            self._patience.well()
            self._vitals.answered(self._bot)
            self._vitals.turn(self._name)
            return batch
        finally:
            for task in (look, stopped):
                task.cancel()
            await asyncio.gather(look, stopped, return_exceptions=True)
        return None

    async def _stored(self, batch: Batch, stop: asyncio.Event) -> bool:
        arrivals = [(arrival, self._lane(arrival.event.body)) for arrival in batch.arrivals]
        while not stop.is_set():
            try:
                new = await self._intake.receive(arrivals, poller=self._turn.poller)
            except StoreTrouble as trouble:
                await sleep_until(stop, self._store_patience.trouble(str(trouble)))
            except Superseded:
                self._store_patience.well()
                self._turn.lost()
                return False
            else:
                self._store_patience.well()
                count_batch(self._vitals, self._bot, batch, new)
                return True
        return False

    def _lane(self, body: Body) -> Lane:
        try:
            return self._triage(body)
        except Exception as error:  # noqa: BLE001 - no error may make a message less urgent
            logger.error("triage failed, so the message counts as a crisis: %s", describe(error))  # noqa: TRY400
            return Lane.CRISIS


def count_batch(vitals: Vitals, bot: str, batch: Batch, new: int) -> None:
    """Notes what one look, or one request of a webhook, has brought: `new` of its arrivals were not seen before."""
    measures, repeated = vitals.measures, len(batch.arrivals) - new
    vitals.counts["updates"] += new
    vitals.counts["updates repeated"] += repeated
    for arrival in batch.arrivals:
        measures.count(UPDATES, bot, type(arrival.event.body).__name__)
    if repeated:
        measures.count(REPEATED, bot, by=repeated)
    for reason, count in batch.ignored.items():
        vitals.counts[f"updates ignored: {reason}"] += count
        measures.count(IGNORED, bot, reason, by=count)
    if batch.malformed:
        vitals.counts["updates malformed"] += batch.malformed
        measures.count(MALFORMED, bot, by=batch.malformed)
        logger.warning("bot %s: %d malformed updates", bot, batch.malformed)
