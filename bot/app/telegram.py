"""Opens the platform that the config names, with its bots."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.app import usernames
from bot.app.importing import import_aside
from bot.config import Config
from bot.model.address import Side
from bot.platforms import DRIVERS, create
from bot.platforms.telegram.webhook import Webhook
from bot.runtime.loop import Patience, Vitals, sleep_until, wall_clock
from bot.runtime.platform import Menu, Platform, TryLater, Unauthorized
from bot.store import Keyring

logger = logging.getLogger(__name__)

WEBHOOK_AGAIN_S = 300.0
"""A bot that nobody could reach is heard again after this time; Telegram keeps what was written for a day."""
LONGEST_WAIT_S = 30.0
"""Between attempts to tell a platform our menus; messages flow meanwhile."""


def sides(config: Config) -> Mapping[str, Side | None]:
    """The bots by their names in the config, with the side that each serves: None for both."""
    if config.telegram.shared_bot:
        return {"student": None}
    return {"student": Side.STUDENT, "staff": Side.STAFF}


def tokens(config: Config) -> dict[str, str]:
    bots = config.telegram.bots
    known = {"student": bots.student.token.get_secret_value(), "staff": bots.staff.token.get_secret_value()}
    return {bot: known[bot] for bot in sides(config)}


def webhook_of(config: Config) -> Webhook | None:
    """None where the gateways poll."""
    if not config.telegram.by_webhook:
        return None
    return Webhook(config.telegram.webhook.url, config.telegram.webhook.secret.get_secret_value())


async def open_platform(config: Config, keyring: Keyring) -> Platform:
    """Raises MissingLibrary."""
    with contextlib.suppress(ImportError):  # `create` tells what is missing
        await import_aside(DRIVERS[config.telegram.driver].package)
    platform = create(
        config.telegram.driver,
        tokens(config),
        config.telegram.api_base,
        keyring.person_id,
        sides(config),
        wall_clock,
        webhook_of(config),
    )
    await platform.open()
    return platform


class Introductions:
    """Tells the platform how each bot receives and what commands it has, and notes the bots' names.

    A poller hears when somebody else has taken its bot; a webhook that somebody has removed is silent. So with
    `again_s` it is said again from time to time.
    """

    def __init__(
        self, platform: Platform, bots: Sequence[str], menus: Sequence[Menu], folder: Path, vitals: Vitals, *,
        again_s: float = 0.0,
    ) -> None:  # fmt: skip
        self._platform = platform
        self._bots = bots
        self._menus = menus
        self._folder = folder
        self._vitals = vitals
        self._again_s = again_s

    async def run(self, stop: asyncio.Event) -> None:
        await self._introduce_all(stop)
        while self._again_s and not stop.is_set():
            await sleep_until(stop, self._again_s)
            await asyncio.gather(*(self._introduce(bot, stop) for bot in self._bots))

    async def _introduce_all(self, stop: asyncio.Event) -> None:
        names = await asyncio.gather(*(self._introduce(bot, stop) for bot in self._bots))
        known = {bot: name for bot, name in zip(self._bots, names, strict=True) if name}
        if known:
            usernames.note(self._folder, known)
            logger.info("the platform knows the bots", extra={"bots": sorted(known)})

    async def _introduce(self, bot: str, stop: asyncio.Event) -> str:
        """The bot's name; empty when a stop came first."""
        patience = Patience(f"introduction {bot}", self._vitals, LONGEST_WAIT_S)
        while not stop.is_set():
            try:
                await self._platform.prepare(bot, self._menus)
                name = await self._platform.username(bot)
            except TryLater as trouble:
                self._vitals.unanswered(bot, trouble.reason)
                await sleep_until(stop, max(patience.trouble(trouble.reason), (trouble.after_ms or 0) / 1000))
            except Unauthorized:
                await sleep_until(stop, patience.trouble("the platform does not know the token"))
            else:
                patience.well()
                self._vitals.answered(bot)
                return name
        return ""
