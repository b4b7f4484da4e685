"""The loops that need the platform: gateways and the sender. The platform is opened here, while others already work."""

from __future__ import annotations

import asyncio
import random

from bot.app.library import Library
from bot.app.loaded import settle
from bot.app.loops import Loop, run_all
from bot.app.nowhere import Nowhere
from bot.app.telegram import WEBHOOK_AGAIN_S, Introductions, open_platform, sides
from bot.app.triage import Triage
from bot.config import Config, casework_settings
from bot.model.event import Lane
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Platform
from bot.runtime.precedence import Precedence
from bot.runtime.sender import SLOTS, Sender
from bot.store import RedisStore
from handlers import menus


class Talking:
    """One loop outwards, several within."""

    def __init__(
        self,
        config: Config,
        parts: frozenset[str],
        store: RedisStore,
        library: Library,
        vitals: Vitals,
        precedence: Precedence,
    ) -> None:
        self._config = config
        self._parts = parts
        self._store = store
        self._library = library
        self._vitals = vitals
        self._precedence = precedence

    async def run(self, stop: asyncio.Event) -> None:
        """Raises MissingLibrary."""
        platform = await self._opened(stop)
        if platform is None:
            return
        settle()
        try:
            await run_all(self._loops(platform), stop)
        finally:
            await platform.close()

    async def _opened(self, stop: asyncio.Event) -> Platform | None:
        """None when a stop came first: a library that takes seconds to load must not hold it up."""
        opening = asyncio.create_task(open_platform(self._config, self._store.keyring), name="opening")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait({opening, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return opening.result() if opening.done() else None
        finally:
            for task in (opening, stopped):
                task.cancel()
            await asyncio.gather(opening, stopped, return_exceptions=True)

    def _loops(self, platform: Platform) -> dict[str, Loop]:
        found: dict[str, Loop] = {}
        if "sender" in self._parts:
            found["sender"] = Sender(
                self._store.outbox,
                {each.name: each for each in (platform, Nowhere())},
                self._vitals,
                now=wall_clock,
                chance=random.random,
                slots={**SLOTS, Lane.NORMAL: self._config.runtime.senders},
                precedence=self._precedence,
            )
        if "gateway" in self._parts:
            if not self._config.telegram.by_webhook:
                found.update(self._gateways(platform))
            shown = menus(self._library.current, casework_settings(self._config))
            bots = tuple(sides(self._config))
            again_s = WEBHOOK_AGAIN_S if self._config.telegram.by_webhook else 0.0
            found["introductions"] = Introductions(
                platform, bots, shown, self._config.data_dir, self._vitals, again_s=again_s
            )
        return found

    def _gateways(self, platform: Platform) -> dict[str, Loop]:
        triage = Triage(lambda: self._library.current.screening, self._vitals.measures)
        return {
            f"gateway {bot}": Gateway(self._store.intake, platform, bot, triage, self._vitals)
            for bot in sides(self._config)
        }
