"""What waits for a bot, with the real semantics of getUpdates.

An offset confirms everything below it. A poll that finds nothing waits and is woken at once by the next update. A
second poll ends the first with 409. Nothing here knows HTTP, messages or people.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.bell import Bell
from bot.sandbox.refusal import Refusal, conflict

if TYPE_CHECKING:
    from bot.sandbox.message import Message

Json = dict[str, Any]

KEPT_S = 24 * 60 * 60
"""Telegram keeps an update for 24 hours."""
MAX_BATCH = 100
MAX_POLL_S = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that a bot gets only when it names them."""


def _nothing(*_: object, **__: object) -> None:
    return None


@dataclass(slots=True)
class Update:
    """`chat` is 0 where no chat is concerned; webhooks keep the order of each chat."""

    id: int
    kind: str
    body: Json
    chat: int
    at: float
    message: Message | None = None
    """The person's message that this tells of; it gets its second tick when the bot is handed the update."""


@dataclass(slots=True)
class UpdateQueue:
    """The updates of one bot, oldest first. Ids start at the clock, so that a restarted sandbox repeats none."""

    next_id: int = field(default_factory=lambda: int(time.time()))
    pending: list[Update] = field(default_factory=list)
    allowed: frozenset[str] | None = None
    """None: every kind but those of `NOT_BY_DEFAULT`."""
    bell: Bell = field(default_factory=Bell)
    """Rings for every new update."""
    on_fetched: Callable[[Message], None] = _nothing
    """Told of the message of every update that is handed over."""
    note: Callable[[str, Json], None] = _nothing
    """Told of every update that comes and goes, for the journal."""
    _poll: asyncio.Future[Refusal] | None = None

    def wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def put(self, kind: str, body: Json, chat: int = 0, message: Message | None = None) -> Update | None:
        """Adds an update, unless the bot does not want its kind."""
        if not self.wants(kind):
            return None
        update = Update(self.next_id, kind, {"update_id": self.next_id, kind: body}, chat, time.time(), message)
        self.next_id += 1
        return self._add(update)

    def put_raw(self, body: Json) -> Update:
        """Adds whatever a test made up; an `update_id` is put in where it is missing, since polling needs one."""
        number = body.get("update_id")
        if not isinstance(number, int):
            number = self.next_id
        self.next_id = max(self.next_id, number + 1)
        return self._add(Update(number, "raw", {"update_id": number, **body}, 0, time.time()))

    def _add(self, update: Update) -> Update:
        self.pending.append(update)
        self.pending.sort(key=lambda one: one.id)
        about = update.message.id if update.message else 0
        facts = {"id": update.id, "of": update.kind, "body": update.body, "chat": update.chat, "at": update.at}
        self.note("update", {**facts, "message": about})
        self.bell.ring()
        return update

    def clear(self) -> None:
        self._keep([])

    def remove(self, update: Update) -> None:
        self._keep([one for one in self.pending if one is not update])

    def _keep(self, kept: list[Update]) -> None:
        if len(kept) < len(self.pending):
            ids = {update.id for update in kept}
            self.note("gone", {"ids": [update.id for update in self.pending if update.id not in ids]})
            self.pending = kept

    def fetched(self, update: Update) -> None:
        """The bot has been handed this update."""
        if update.message:
            self.on_fetched(update.message)

    def confirm(self, offset: int) -> None:
        """Forgets all below a positive offset; a negative one keeps only that many from the end."""
        oldest = time.time() - KEPT_S
        kept = [update for update in self.pending if update.at > oldest and update.id >= offset]
        self._keep(kept if offset >= 0 else kept[offset:])

    def end_poll(self, reason: str) -> None:
        """Ends a waiting poll with 409."""
        if self._poll and not self._poll.done():
            self._poll.set_result(conflict(reason))

    async def poll(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """One getUpdates. Raises the conflict with which another poll ended this one."""
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        mine: asyncio.Future[Refusal] = asyncio.get_running_loop().create_future()
        self._poll = mine
        self.confirm(offset)
        if not self.pending and timeout_s > 0:
            await self._wait_for_news(mine, timeout_s)
        if mine.done():
            raise mine.result()
        self._poll = None
        batch = self.pending[:limit]
        for update in batch:
            self.fetched(update)
        return [update.body for update in batch]

    async def _wait_for_news(self, mine: asyncio.Future[Refusal], timeout_s: float) -> None:
        news = asyncio.create_task(self.bell.wait())
        try:
            both: set[asyncio.Future[Any]] = {news, mine}
            await asyncio.wait(both, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
