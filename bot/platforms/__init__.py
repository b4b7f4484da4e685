"""The platforms, each behind the one small interface of `bot.runtime.platform`.

A library is imported when its driver is chosen and never else: aiogram alone takes seconds and a hundred megabytes.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.model.address import Side
from bot.model.event import Milliseconds, PersonId
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.webhook import Webhook
from bot.platforms.telegram.wire import Wire


@dataclass(frozen=True, slots=True)
class Driver:
    """Which package a driver stands on, and the extra of ours that installs it."""

    package: str
    extra: str


DRIVERS = {
    "aiogram": Driver("aiogram", "aiogram"),
    "python-telegram-bot": Driver("telegram", "ptb"),
}
"""By the word in `telegram.driver`."""


TOKEN_SHAPE = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,256}")
"""A token is part of a URL: what has another shape would ask something else of the server."""


class UnknownDriver(Exception):
    """There is no driver of this name."""

    def __init__(self, driver: str) -> None:
        super().__init__(f"there is no driver {driver!r}; choose one of: {', '.join(DRIVERS)}")


class MissingLibrary(Exception):
    """The driver's library is not installed."""

    def __init__(self, driver: str) -> None:
        remedy = f"pip install 'sebaya[{DRIVERS[driver].extra}]'"
        super().__init__(f"the library of the driver {driver!r} is not installed; remedy: {remedy}")


def create(
    driver: str,
    bots: Mapping[str, str],
    api_base: str,
    identify: Callable[[str, str], PersonId],
    sides: Mapping[str, Side | None],
    clock: Callable[[], Milliseconds],
    webhook: Webhook | None = None,
) -> TelegramPlatform:
    """`bots` maps a bot's name to its token, `identify` a platform and a user's id there to a person; `webhook` is None
    for long polling. Raises UnknownDriver, MissingLibrary.
    """
    usable = {bot: token for bot, token in bots.items() if TOKEN_SHAPE.fullmatch(token)}
    wire = load(driver)(usable, api_base.rstrip("/"))
    return TelegramPlatform(wire, identify, sides, clock, webhook, frozenset(bots.keys() - usable.keys()))


def load(driver: str) -> Callable[[Mapping[str, str], str], Wire]:
    """Imports the driver with its library, which takes seconds: call it in a thread first where other work goes on.

    Raises UnknownDriver, MissingLibrary.
    """
    if driver not in DRIVERS:
        raise UnknownDriver(driver)
    if importlib.util.find_spec(DRIVERS[driver].package) is None:
        raise MissingLibrary(driver)
    try:
        if driver == "aiogram":
            from bot.platforms.telegram_aiogram import AiogramWire

            return AiogramWire
        from bot.platforms.telegram_ptb import PtbWire
    except ImportError as trouble:  # it is there in part: what it stands on is missing
        raise MissingLibrary(driver) from trouble
    return PtbWire
