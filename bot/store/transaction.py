"""The transaction object that handlers see, over Redis. It reads and remembers; `bot.store.commit` writes.

Everything a handler tells it is kept here in memory until the commit. An attempt that fails is simply dropped.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from bot.model.address import Address, Side
from bot.model.candidate import Candidate
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import Body, CaseId, Event, Lane, Milliseconds, PersonId
from bot.model.index import CaseEntry, Document, Index, IndexEntry, RosterEntry, StaffEntry
from bot.model.invite import Invite
from bot.model.outgoing import Outgoing, ReceiptWanted, What
from bot.model.person import Person
from bot.runtime.store import Work
from bot.store.documents import Documents
from bot.store.indexes import IndexReader, IndexState, overlay
from bot.store.keys import Keys
from bot.store.refs import Refs
from bot.store.sealing import Keyring

ID_BYTES = 10
"""80 bits, which are 20 hexadecimal digits."""
DRAWN_BITS = 1024
"""For each id. More than it takes: recorded conversations keep their aliases as long as ids draw just so much."""


@dataclass(frozen=True, slots=True)
class Post:
    """An event for somebody's mailbox."""

    event: Event
    lane: Lane


@dataclass(frozen=True, slots=True)
class TimerStart:
    """A timer to be started, or replaced."""

    due: Milliseconds
    person: PersonId
    body: Body


@dataclass(slots=True)
class Effects:
    """What the handler asked for besides documents."""

    sends: list[Outgoing] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    timers: dict[str, TimerStart | None] = field(default_factory=dict)
    """None stops the timer."""


class StoreTransaction:
    """Fills `bot.runtime.transaction.Transaction`."""

    def __init__(self, work: Work, event: Event, now: Milliseconds, seed: int, keys: Keys, keyring: Keyring,
                 documents: Documents, indexes: IndexReader, refs: Refs) -> None:  # fmt: skip
        self.work = work
        self.documents = documents
        self.effects = Effects()
        self.indexes_read: dict[Index, IndexState] = {}
        self._event = event
        self._now = now
        self._random = random.Random(seed)  # noqa: S311 - ids of this attempt, unguessable enough: the seed is not
        self._keys = keys
        self._keyring = keyring
        self._indexes = indexes
        self._refs = refs

    @property
    def event(self) -> Event:
        return self._event

    @property
    def now(self) -> Milliseconds:
        return self._now

    async def person(self, person: PersonId) -> Person | None:
        found = await self.documents.get(self._keys.person(person))
        return found if isinstance(found, Person) else None

    async def conversation(self, person: PersonId, side: Side) -> Conversation:
        found = await self.documents.get(self._keys.conversation(person, side))
        return found if isinstance(found, Conversation) else Conversation(person, side)

    async def case(self, case: CaseId) -> Case | None:
        found = await self.documents.get(self._keys.case(case))
        return found if isinstance(found, Case) else None

    async def candidate(self, candidate: str) -> Candidate | None:
        found = await self.documents.get(self._keys.candidate(candidate))
        return found if isinstance(found, Candidate) else None

    async def invite(self, code: str) -> Invite | None:
        found = await self.documents.get(self._keys.invite(self._keyring.invite_id(code)))
        return found if isinstance(found, Invite) and found.expires_at > self._now else None

    async def roster(self) -> tuple[RosterEntry, ...]:
        return tuple(entry for entry in await self._entries(Index.ROSTER) if isinstance(entry, RosterEntry))

    async def staff(self) -> tuple[StaffEntry, ...]:
        return tuple(entry for entry in await self._entries(Index.STAFF) if isinstance(entry, StaffEntry))

    async def waiting(self) -> tuple[CaseEntry, ...]:
        return await self._cases(Index.WAITING)

    async def queue(self) -> tuple[CaseEntry, ...]:
        return await self._cases(Index.QUEUE)

    async def open_cases(self) -> tuple[CaseEntry, ...]:
        return await self._cases(Index.OPEN)

    async def ref_of(self, address: Address, message: str) -> str:
        return await self._refs.ref_of(self._keyring.chat_key(address), message, self._now)

    def save(self, document: Document, *, keep_until: Milliseconds = 0) -> None:
        self.documents.put(self._keys.document(document), document, keep_until)

    def delete(self, document: Document) -> None:
        self.documents.remove(self._keys.document(document), document)

    def send(self, to: Address, what: What, *, lane: Lane = Lane.NORMAL, receipt: ReceiptWanted | None = None) -> None:
        self.effects.sends.append(
            Outgoing(self.new_id("message"), to, what, lane.value, receipt, self._now, self._event.id)
        )

    def post(self, person: PersonId, body: Body, *, lane: Lane = Lane.NORMAL) -> None:
        self.effects.posts.append(Post(Event(self.new_id("event"), person, self._now, body), lane))

    def start_timer(self, timer: str, at: Milliseconds, person: PersonId, body: Body) -> None:
        self.effects.timers[timer] = TimerStart(at, person, body)

    def stop_timer(self, timer: str) -> None:
        self.effects.timers[timer] = None

    def new_id(self, kind: str) -> str:
        drawn = self._random.getrandbits(DRAWN_BITS).to_bytes(DRAWN_BITS // 8)
        return f"{kind}_{drawn[:ID_BYTES].hex()}"

    def pick(self, count: int) -> int:
        return self._random.randrange(count)

    async def _entries(self, index: Index) -> tuple[IndexEntry, ...]:
        state = self.indexes_read.get(index)
        if state is None:
            state = self.indexes_read[index] = await self._indexes.read(index)
        return overlay(index, state.entries, self.documents.written)

    async def _cases(self, index: Index) -> tuple[CaseEntry, ...]:
        return tuple(entry for entry in await self._entries(index) if isinstance(entry, CaseEntry))
