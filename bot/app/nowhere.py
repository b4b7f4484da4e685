"""The platform of synthetic students: takes everything that is said to them, brings nothing, knows nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.model.address import DRILL_PLATFORM, Address
from bot.model.outgoing import What
from bot.runtime.platform import Batch, Menu, Reception, Sent


class Nowhere:
    """Fills `bot.runtime.platform.Platform`."""

    @property
    def name(self) -> str:
        return DRILL_PLATFORM

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def prepare(self, bot: str, menus: Sequence[Menu]) -> None: ...

    async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
        del bot
        await asyncio.sleep(wait_s)
        return Batch((), cursor)

    async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
        del to, what, message, arrived
        return Sent()

    async def reception(self, bot: str) -> Reception:
        del bot
        return Reception(pushes=False, as_wanted=True, waiting=0)

    async def username(self, bot: str) -> str:
        del bot
        return ""
