"""Timers, fired by any number of clocks: each timer posts its event exactly once, in one step with its removal."""

from __future__ import annotations

import logging
import uuid
from typing import TypeAlias

from bot.model.event import Event, Milliseconds
from bot.runtime.store import Unreadable
from bot.store.call import Call, KeyNumber, ValueNumber
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.keys import Keys
from bot.store.lines import LETTERS, Lines

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
"""Keeps the server free for others between two bites."""
LONGEST_ASIDE_MS = 2 * 60 * 60 * 1000
"""No sender sets a chat aside for longer than an hour; the rest is for clocks that differ."""


Posting: TypeAlias = tuple[str, int, ValueNumber, KeyNumber, str, str, ValueNumber]
"""One timer of the plan, as `scripts/fire.lua` documents it."""


class RedisTimers:
    """Fills `bot.runtime.store.Timers`."""

    def __init__(
        self, server: Server, codecs: Codecs, keys: Keys, mail: Lines, chats: Lines, keep_failed_ms: int
    ) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._mail = mail
        self._chats = chats
        self._keep_failed_ms = keep_failed_ms

    async def fire(self, now: Milliseconds) -> int:
        due = await self._server.call(
            "ZRANGE", self._keys.timers, "-inf", now, "BYSCORE", "LIMIT", 0, MOST_AT_ONCE, "WITHSCORES"
        )
        if not due:
            return 0
        ids, scores = due[::2], due[1::2]
        bodies = await self._server.call("HMGET", self._keys.timer_bodies, *ids)
        call = Call((*self._mail.keys, self._keys.timers, self._keys.timer_bodies))
        plan = []
        for timer, score, body in zip(ids, scores, bodies, strict=True):
            if body is None:
                continue  # another clock was quicker, between our two reads
            try:
                plan.append(self._posting(timer.decode(), int(score), body, call))
            except Unreadable as error:
                logger.error("timer %s cannot be read and is dropped: %s", timer.decode(), error)  # noqa: TRY400
                await self._drop(timer)
        return int(await self._server.script("fire", call.keys, call.args(plan)))

    async def wake(self, now: Milliseconds) -> int:
        keys = (*self._chats.keys, self._keys.delayed)
        return int(await self._server.script("wake", keys, (now, MOST_AT_ONCE, LONGEST_ASIDE_MS)))

    async def tidy(self) -> None:
        await self._mail.tidy()
        await self._chats.tidy()
        seconds, _ = await self._server.call("TIME")
        oldest = int(seconds) * 1000 - self._keep_failed_ms
        await self._server.pipe([
            ("XTRIM", kept, "MINID", max(0, oldest)) for kept in (self._keys.dead, self._keys.poison)
        ])  # fmt: skip

    def _posting(self, timer: str, due: int, body: bytes, call: Call) -> Posting:
        stored = self._codecs.timer.open(body, timer)
        mailbox = self._keys.mailbox(stored.person)
        event = Event(f"event_{uuid.uuid4().hex}", stored.person, due, stored.body)
        element = self._codecs.event.element(event, mailbox)
        lane = LETTERS[stored.lane]
        return timer, due, call.value(body), call.key(mailbox), stored.person, lane, call.value(element)

    async def _drop(self, timer: bytes) -> None:
        await self._server.pipe([("ZREM", self._keys.timers, timer), ("HDEL", self._keys.timer_bodies, timer)])
