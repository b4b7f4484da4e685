"""What the health check and the metrics ask of the store: how old the oldest of each line is, who waits for whom.

Reads only, each a handful of commands, whatever the number of people. Ages come from the server's own clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.event import Lane, Milliseconds
from bot.model.index import CaseEntry, Index, StaffEntry
from bot.model.person import Role
from bot.runtime.store import Unreadable
from bot.store.codec import Codecs
from bot.store.connect import Command, Reply, Server
from bot.store.indexes import IndexReader
from bot.store.keys import LANES, Keys

LOOKED_AT = 20
"""Chats that were set aside, of which the first message is looked at: those whose next attempt comes first."""


@dataclass(frozen=True, slots=True)
class Watch:
    """The oldest of what waits, in milliseconds; lanes in which nothing waits are missing."""

    mailbox_ages: Mapping[Lane, int] = field(default_factory=dict)
    outbox_ages: Mapping[Lane, int] = field(default_factory=dict)
    """Chats that are set aside until their next attempt count as well."""
    unclaimed: int = 0
    """Cases in the counselors' queue, drills left out."""
    oldest_unclaimed_ms: int = 0
    waiting_for_a_peer: int = 0
    counselors_on_duty: int = 0
    supporters_on_duty: int = 0


class Watcher:
    """One for a process."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._indexes = IndexReader(server, codecs, keys)

    async def look(self) -> Watch:
        """Raises StoreTrouble."""
        streams = (*self._keys.ready, *self._keys.send)
        commands: list[Command] = [("XRANGE", stream, "-", "+", "COUNT", 1) for stream in streams]
        *firsts, delayed, (seconds, microseconds) = await self._server.pipe(
            [*commands, ("ZRANGE", self._keys.delayed, 0, LOOKED_AT - 1), ("TIME",)]
        )
        now = int(seconds) * 1000 + int(microseconds) // 1000
        mail, chats = firsts[: len(LANES)], firsts[len(LANES) :]
        outbox = _ages(chats, now)
        for lane, age in await self._set_aside(delayed, now):
            outbox[lane] = max(age, outbox.get(lane, 0))
        queue = [entry for entry in await self._cases(Index.QUEUE) if not entry.drill]
        staff = (await self._indexes.read(Index.STAFF)).entries.values()
        on_duty = [entry for entry in staff if isinstance(entry, StaffEntry) and entry.on_duty]
        return Watch(
            mailbox_ages=_ages(mail, now),
            outbox_ages=outbox,
            unclaimed=len(queue),
            oldest_unclaimed_ms=max((now - entry.since for entry in queue), default=0),
            waiting_for_a_peer=len(await self._cases(Index.WAITING)),
            counselors_on_duty=sum(Role.COUNSELOR in entry.roles for entry in on_duty),
            supporters_on_duty=sum(Role.SUPPORTER in entry.roles for entry in on_duty),
        )

    async def _cases(self, index: Index) -> list[CaseEntry]:
        entries = (await self._indexes.read(index)).entries.values()
        return [entry for entry in entries if isinstance(entry, CaseEntry)]

    async def _set_aside(self, chats: Reply, now: Milliseconds) -> list[tuple[Lane, int]]:
        keys = [self._keys.outbox(chat.decode()) for chat in chats]
        heads = await self._server.pipe([("LINDEX", key, 0) for key in keys]) if keys else []
        found = []
        for key, element in zip(keys, heads, strict=True):
            if element is None:
                continue
            try:
                message = self._codecs.outgoing.open_element(element, key)
            except Unreadable:
                continue  # the sender tells of it when it gets there
            found.append((Lane(message.lane), max(0, now - message.at)))
        return found


def _ages(firsts: Reply, now: Milliseconds) -> dict[Lane, int]:
    """A stream's entry is named by the millisecond in which its line began to wait."""
    found = {}
    for lane, entries in zip(LANES, firsts, strict=True):
        if entries:
            entry: bytes = entries[0][0]
            found[lane] = max(0, now - int(entry.split(b"-")[0]))
    return found
