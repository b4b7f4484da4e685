"""Reads documents and timers outside of any event: for commands that look on, never for decisions.

Nothing is locked and nothing is noted: what is read here may be old in the next moment, so whoever wants to change
something posts an event, whose handler reads it anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TypeVar

from bot.model.case import Case
from bot.model.event import CaseId, Milliseconds, PersonId
from bot.model.index import CaseEntry, Document, Index
from bot.model.person import Person
from bot.runtime.store import Unreadable
from bot.store.codec import MARK_BYTES, Codecs
from bot.store.connect import Server
from bot.store.indexes import IndexReader
from bot.store.keys import Keys

AT_ONCE = 200
"""Keys of one step of a scan: the server is never held up for long."""

Kind = TypeVar("Kind", Person, Case)


class Records:
    """Raises StoreTrouble. What cannot be read counts as not there, and is told by whoever needs it for work."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._indexes = IndexReader(server, codecs, keys)

    async def person(self, person: PersonId) -> Person | None:
        found = await self._read([self._keys.person(person)])
        return found[0] if isinstance(found[0], Person) else None

    async def case(self, case: CaseId) -> Case | None:
        found = await self._read([self._keys.case(case)])
        return found[0] if isinstance(found[0], Case) else None

    async def people(self) -> AsyncIterator[Person]:
        """Everybody who is kept, in no order; somebody may come twice."""
        async for document in self._scan(self._keys.person("*"), Person):
            yield document

    async def cases(self) -> AsyncIterator[Case]:
        """Every case that is kept, closed ones too, in no order; one may come twice."""
        async for document in self._scan(self._keys.case("*"), Case):
            yield document

    async def indexed_cases(self, index: Index) -> dict[CaseId, CaseEntry]:
        entries = (await self._indexes.read(index)).entries
        return {member: entry for member, entry in entries.items() if isinstance(entry, CaseEntry)}

    async def due(self, timers: Sequence[str]) -> dict[str, Milliseconds]:
        """When these timers ring; those that do not run are missing."""
        if not timers:
            return {}
        scores = await self._server.call("ZMSCORE", self._keys.timers, *timers)
        return {timer: int(float(score)) for timer, score in zip(timers, scores, strict=True) if score is not None}

    async def busy(self, people: Sequence[PersonId]) -> frozenset[PersonId]:
        """Those of them in whose mailbox something waits to be worked."""
        if not people:
            return frozenset()
        there = await self._server.pipe([("EXISTS", self._keys.mailbox(person)) for person in people])
        return frozenset(person for person, waits in zip(people, there, strict=True) if waits)

    async def timers(self) -> AsyncIterator[tuple[str, PersonId]]:
        """Every timer with whose mailbox it rings in; empty for one without a body, or one that cannot be read."""
        cursor = b"0"
        while True:
            cursor, flat = await self._server.call("ZSCAN", self._keys.timers, cursor, "COUNT", AT_ONCE)
            names = flat[::2]
            bodies = await self._server.call("HMGET", self._keys.timer_bodies, *names) if names else []
            for name, body in zip(names, bodies, strict=True):
                yield name.decode(), self._owner(name.decode(), body)
            if cursor == b"0":
                return

    async def drop_timer(self, timer: str) -> None:
        """Only for one that nobody owns: others are stopped by their owner's handlers."""
        await self._server.pipe([("ZREM", self._keys.timers, timer), ("HDEL", self._keys.timer_bodies, timer)])

    def _owner(self, timer: str, body: bytes | None) -> PersonId:
        try:
            return "" if body is None else self._codecs.timer.open(body, timer).person
        except Unreadable:
            return ""

    async def _scan(self, pattern: str, kind: type[Kind]) -> AsyncIterator[Kind]:
        cursor = b"0"
        while True:
            cursor, keys = await self._server.call("SCAN", cursor, "MATCH", pattern, "COUNT", AT_ONCE)
            if keys:
                for document in await self._read([key.decode() for key in keys]):
                    if isinstance(document, kind):
                        yield document
            if cursor == b"0":
                return

    async def _read(self, keys: Sequence[str]) -> list[Document | None]:
        values = await self._server.call("MGET", *keys)
        found: list[Document | None] = []
        for key, value in zip(keys, values, strict=True):
            try:
                found.append(None if value is None else self._codecs.document.open(value[MARK_BYTES:], key))
            except Unreadable:
                found.append(None)
        return found
