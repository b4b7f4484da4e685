"""Documents are the truth, indexes follow: which indexes a document stands in, worked out from the document alone.

The store calls `placements` for each document of a commit and keeps the indexes in step in the same commit, so an
index can never say what its documents do not. Reading an index notes its revision, because a decision may rest on it.
"""

from __future__ import annotations

import enum
from typing import TypeAlias

import msgspec

from bot.model.candidate import Candidate, CandidateKind
from bot.model.case import Case, State
from bot.model.conversation import Conversation
from bot.model.event import CaseId, Milliseconds, PersonId
from bot.model.invite import Invite
from bot.model.level import Flag, Level
from bot.model.person import Person, Role

Document: TypeAlias = Person | Conversation | Case | Invite | Candidate


class Index(enum.StrEnum):
    """The indexes; members are person ids, case ids or candidate ids."""

    ROSTER = "roster"
    """Supporters on duty, each as a `RosterEntry`."""
    STAFF = "staff"
    """Everybody with a staff role, each as a `StaffEntry`."""
    WAITING = "waiting"
    """Cases that wait for a peer, each as a `CaseEntry`."""
    QUEUE = "queue"
    """Cases in the counselors' queue."""
    OPEN = "open"
    """All other open cases: offered, active, closing, claimed."""
    CANDIDATES = "candidates"
    """Texts that screening judged wrongly and that wait for a review, each as a `CandidateEntry`."""


class RosterEntry(msgspec.Struct, frozen=True, tag=True):
    """What matching needs to know of a supporter on duty."""

    person: PersonId
    free: int
    """How many more cases they can take; offers not yet answered count as taken."""
    certified_until: Milliseconds
    resting_until: Milliseconds
    topics: frozenset[str]
    languages: frozenset[str]
    on_duty_since: Milliseconds
    avoids: frozenset[PersonId]


class StaffEntry(msgspec.Struct, frozen=True, tag=True):
    """Who is there, for alarms and lists."""

    person: PersonId
    roles: frozenset[Role]
    on_duty: bool
    alias: str
    language: str


class CaseEntry(msgspec.Struct, frozen=True, tag=True):
    """A case as lists and decisions about order need it."""

    case: CaseId
    student: PersonId
    state: State
    level: Level
    since: Milliseconds
    topic: str
    language: str
    declined: frozenset[PersonId]
    holder: PersonId = ""
    lease_until: Milliseconds = 0
    drill: bool = False
    """A synthetic case: everything goes its way, and no alarm of the machinery counts it."""


class CandidateEntry(msgspec.Struct, frozen=True, tag=True):
    """Which candidates there are; the texts stand in their documents alone."""

    candidate: str
    kind: CandidateKind
    at: Milliseconds


IndexEntry: TypeAlias = RosterEntry | StaffEntry | CaseEntry | CandidateEntry


def placements(document: Document) -> dict[Index, IndexEntry]:
    """The indexes in which this document stands, with its entry in each. Its member id is `member_of(document)`."""
    match document:
        case Person():
            return _person_placements(document)
        case Case():
            return _case_placements(document)
        case Candidate():
            return {Index.CANDIDATES: CandidateEntry(document.id, document.kind, document.at)}
        case Conversation() | Invite():
            return {}


def member_of(document: Document) -> str:
    """The id under which a document stands in its indexes."""
    return document.person if isinstance(document, Conversation) else document.id


def _person_placements(person: Person) -> dict[Index, IndexEntry]:
    staff = person.staff
    if staff is None or not staff.roles:
        return {}
    found: dict[Index, IndexEntry] = {
        Index.STAFF: StaffEntry(person.id, staff.roles, staff.on_duty, staff.alias, person.language)
    }
    if staff.on_duty and Role.SUPPORTER in staff.roles:
        found[Index.ROSTER] = RosterEntry(
            person=person.id,
            free=max(0, staff.capacity - len(staff.holding) - len(staff.offered)),
            certified_until=staff.certified_until,
            resting_until=staff.resting_until,
            topics=staff.topics,
            languages=staff.languages,
            on_duty_since=staff.on_duty_since,
            avoids=person.avoids,
        )
    return found


def _case_placements(case: Case) -> dict[Index, IndexEntry]:
    if not case.is_open:
        return {}
    where = {State.REQUESTED: Index.WAITING, State.QUEUED: Index.QUEUE}.get(case.state, Index.OPEN)
    holder = case.counselor or case.supporter
    entry = CaseEntry(
        case=case.id,
        student=case.student.person,
        state=case.state,
        level=case.level,
        since=case.since,
        topic=case.topic,
        language=case.student.language,
        declined=case.declined | case.passed,
        holder=holder.person if holder else "",
        lease_until=case.lease_until,
        drill=Flag.DRILL in case.flags,
    )
    return {where: entry}
