"""Receiving by webhook: what Telegram posts to the web port goes into the mailboxes, as a gateway's looks do.

A request is answered with 200 only after its update is stored. Any number of web processes may do this: a repetition
is known by the store.
"""

from __future__ import annotations

import functools
import logging

from bot.app.telegram import sides, webhook_of
from bot.app.triage import Triage
from bot.config import Config
from bot.console import Hook, NotNow
from bot.platforms.telegram.updates import Origin
from bot.platforms.telegram.webhook import BIGGEST_BODY, SECRET_HEADER, path_of, read_body
from bot.runtime.gateway import count_batch
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.store import Intake, StoreTrouble
from bot.store import Keyring

logger = logging.getLogger(__name__)

START_S = 5.0
"""A bot that is starting will take updates in so many seconds; the platform asks again."""
AGAIN_S = 1.0
"""After a store that was in trouble; the platform waits longer each time by itself."""


class Receiving:
    """The hooks of all bots. They take nothing in before `began`."""

    def __init__(self, config: Config, intake: Intake, keyring: Keyring, triage: Triage, vitals: Vitals) -> None:
        self._sides = sides(config)
        self._webhook = webhook_of(config)
        self._intake = intake
        self._keyring = keyring
        self._triage = triage
        self._vitals = vitals
        self._well = True
        """Only for the log. The health check asks the store itself: our next request may come in a week."""
        self.began = False

    def hooks(self) -> tuple[Hook, ...]:
        """None in mode `polling`."""
        if self._webhook is None:
            return ()
        genuine = self._webhook.is_from_telegram
        return tuple(
            Hook(path_of(bot), SECRET_HEADER, genuine, functools.partial(self._take, bot), BIGGEST_BODY)
            for bot in self._sides
        )

    async def _take(self, bot: str, body: bytes) -> None:
        """Stores what the body holds, or raises NotNow. What is no update is counted and forgotten."""
        if not self.began:
            raise NotNow(START_S)
        origin = Origin(bot, self._sides[bot], wall_clock(), self._keyring.person_id)
        batch = read_body(body, origin)
        arrivals = [(arrival, self._triage(arrival.event.body)) for arrival in batch.arrivals]
        try:
            new = await self._intake.receive(arrivals)
        except StoreTrouble as trouble:
            self._vitals.counts["updates refused"] += 1
            if self._well:
                logger.warning("webhook %s: updates are refused until the store is back: %s", bot, trouble)
            self._well = False
            raise NotNow(AGAIN_S) from None
        if not self._well:
            logger.info("webhook %s: updates are taken again", bot)
        self._well = True
        count_batch(self._vitals, bot, batch, new)
