"""What commands and the health check need of the store, besides the loops."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.event import Lane, Milliseconds
from bot.model.invite import Invite
from bot.model.person import Role
from bot.store.codec import Codecs, new_mark
from bot.store.connect import Server
from bot.store.dead_letters import DeadLetter, DeadLetters
from bot.store.keys import Keys
from bot.store.lines import Lines
from bot.store.sealing import new_code


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """How the store does. `latency_ms` is one question and its answer."""

    latency_ms: float
    mailboxes: Mapping[Lane, int]
    """With something in them, by lane."""
    chats: Mapping[Lane, int]
    delayed_chats: int
    timers: int
    poison: int
    """Events that no handler could work: anything but 0 wants an operator."""
    dead_letters: int


class Admin:
    """Small, rare, not part of any loop."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys, mail: Lines, chats: Lines) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._mail = mail
        self._chats = chats
        self._dead = DeadLetters(server, codecs, keys, chats)

    async def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Messages that were given up, the oldest first."""
        return await self._dead.all()

    async def retry_dead(self, letter: str | None, now: Milliseconds) -> int:
        """Sends one again, or with None all that can be read; returns how many."""
        return await self._dead.retry(letter, now)

    async def drop_dead(self, letter: str | None) -> int:
        """Forgets one, or with None all; returns how many."""
        return await self._dead.drop(letter)

    async def add_invite(self, role: Role, now: Milliseconds, for_ms: int, *, trained: bool = False) -> str:
        """Makes a one-time invitation and returns its code, which is stored nowhere."""
        code = new_code()
        invite = Invite(self._codecs.keyring.invite_id(code), role, trained, now, now + for_ms)
        key = self._keys.document(invite)
        value = new_mark() + self._codecs.document.seal(invite, key)
        await self._server.call("SET", key, value, "PXAT", invite.expires_at)
        return code

    async def save_edition(self, edition: str, files: Mapping[str, str]) -> None:
        """Keeps the source files of an edition of the content: running conversations go on in it."""
        await self._server.call("HSET", self._keys.editions, edition, json.dumps(dict(files), ensure_ascii=False))

    async def edition(self, edition: str) -> dict[str, str] | None:
        """The source files by path; None for an edition that was never kept."""
        found = await self._server.call("HGET", self._keys.editions, edition)
        return dict(json.loads(found)) if found is not None else None

    async def health(self) -> StoreHealth:
        started = time.perf_counter()
        await self._server.call("PING")
        latency_ms = (time.perf_counter() - started) * 1000
        delayed, timers, poison, dead = await self._server.pipe([
            ("ZCARD", self._keys.delayed), ("ZCARD", self._keys.timers),
            ("XLEN", self._keys.poison), ("XLEN", self._keys.dead),
        ])  # fmt: skip
        mailboxes, chats = await self._mail.waiting(), await self._chats.waiting()
        return StoreHealth(latency_ms, mailboxes, chats, delayed, timers, poison, dead)
