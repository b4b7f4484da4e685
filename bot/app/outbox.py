"""The dead letters, beside a running bot: listed, sent again, or dropped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.app.storage import storage
from bot.config import Config
from bot.runtime.loop import wall_clock
from bot.store import Admin, DeadLetter

ALL = "all"


class DeadLetters:
    """Raises StoreTrouble. `which` is an id from the list, or `all`."""

    def __init__(self, admin: Admin) -> None:
        self._admin = admin

    async def listed(self) -> Sequence[DeadLetter]:
        return await self._admin.dead_letters()

    async def retry(self, which: str) -> int:
        """Puts them back into the outbox as new messages; returns how many."""
        return await self._admin.retry_dead(None if which == ALL else which, wall_clock())

    async def drop(self, which: str) -> int:
        """Forgets them; returns how many."""
        return await self._admin.drop_dead(None if which == ALL else which)


@asynccontextmanager
async def opened(config: Config, key: str) -> AsyncIterator[DeadLetters]:
    """Raises StoreTrouble, WrongKey, and what `storage` raises."""
    async with storage(config, key) as kept:
        await kept.store.prepare()
        yield DeadLetters(kept.store.admin)
