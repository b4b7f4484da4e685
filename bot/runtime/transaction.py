"""All that a handler may see of the store: read documents, say what to write, send and start.

Nothing happens until the commit. The commit is one atomic step that checks every revision that was read, applies
everything, and removes the event from its mailbox; if somebody else changed a document or an index meanwhile, the
handler runs again from the start in a new transaction. So handlers are plain sequential code: they must take time,
ids and chance from here and do no I/O of their own.
"""

from __future__ import annotations

from typing import Protocol

from bot.model.address import Address, Side
from bot.model.candidate import Candidate
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import Body, CaseId, Event, Lane, Milliseconds, PersonId
from bot.model.index import CaseEntry, Document, RosterEntry, StaffEntry
from bot.model.invite import Invite
from bot.model.outgoing import ReceiptWanted, What
from bot.model.person import Person


class Transaction(Protocol):
    """One event's work. Reads see what this transaction has written so far, indexes included."""

    @property
    def event(self) -> Event:
        """The event at the head of the mailbox; the commit removes it."""

    @property
    def now(self) -> Milliseconds:
        """The time of this attempt; it does not move while the handler runs."""

    async def person(self, person: PersonId) -> Person | None: ...

    async def conversation(self, person: PersonId, side: Side) -> Conversation:
        """An empty conversation where none is stored."""

    async def case(self, case: CaseId) -> Case | None: ...

    async def candidate(self, candidate: str) -> Candidate | None:
        """A text that waits for its review; None where it has been reviewed, or forgotten."""

    async def invite(self, code: str) -> Invite | None:
        """The invitation for this code, as typed by a person; None if there is none, or it is used up or too old."""

    async def roster(self) -> tuple[RosterEntry, ...]:
        """Supporters on duty."""

    async def staff(self) -> tuple[StaffEntry, ...]:
        """Everybody with a staff role."""

    async def waiting(self) -> tuple[CaseEntry, ...]:
        """Cases that wait for a peer, in no order."""

    async def queue(self) -> tuple[CaseEntry, ...]:
        """Cases in the counselors' queue, in no order."""

    async def open_cases(self) -> tuple[CaseEntry, ...]:
        """All other open cases."""

    async def ref_of(self, address: Address, message: str) -> str:
        """The `ref` under which we sent the platform's message `message` to this chat; empty if it is not known."""

    def save(self, document: Document, *, keep_until: Milliseconds = 0) -> None:
        """Writes a document; with `keep_until` the store forgets it at that time."""

    def delete(self, document: Document) -> None:
        """Removes a document and its place in every index."""

    def send(self, to: Address, what: What, *, lane: Lane = Lane.NORMAL, receipt: ReceiptWanted | None = None) -> None:
        """Puts a message into the outbox. Messages to one chat arrive in the order of these calls."""

    def post(self, person: PersonId, body: Body, *, lane: Lane = Lane.NORMAL) -> None:
        """Puts an event at the end of somebody's mailbox."""

    def start_timer(self, timer: str, at: Milliseconds, person: PersonId, body: Body) -> None:
        """Posts `body` to `person` at `at`. A timer with the same id is replaced."""

    def stop_timer(self, timer: str) -> None:
        """Does nothing when there is no such timer."""

    def new_id(self, kind: str) -> str:
        """A new id `kind_...` of 16 letters and digits, from this attempt's seed."""

    def pick(self, count: int) -> int:
        """A number from 0 to `count` - 1, from this attempt's seed."""
