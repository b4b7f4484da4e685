"""One need for one human, from the request to the closing, with its timeline.

    requested ─► offered ─► active ─► closing ─► closed            a peer's case
        │           │          │
        └───────────┴──────────┴────► queued ─► claimed ─► active ─► closed      a counselor's case

Here stand the nouns and which change of state is allowed; `bot.casework` makes the changes inside a transaction.
"""

from __future__ import annotations

import enum

import msgspec

from bot.model.address import Address, Side
from bot.model.event import CaseId, Milliseconds, PersonId
from bot.model.level import Flag, Level
from bot.model.verdict import Judged


class State(enum.StrEnum):
    """Where a case stands."""

    REQUESTED = "requested"
    """Waiting for a peer: nobody is free yet."""
    OFFERED = "offered"
    """Shown to one supporter, with a deadline."""
    ACTIVE = "active"
    """A peer and the student talk."""
    CLOSING = "closing"
    """The talk has ended; the last questions are being asked."""
    QUEUED = "queued"
    """In the counselors' queue: nobody holds it. A peer may still be in the chat."""
    CLAIMED = "claimed"
    """A counselor holds it by a lease. A peer may still be in the chat until the counselor's first words arrived."""
    CLOSED = "closed"


NEXT: dict[State, frozenset[State]] = {
    State.REQUESTED: frozenset({State.OFFERED, State.QUEUED, State.CLOSED}),
    State.OFFERED: frozenset({State.REQUESTED, State.OFFERED, State.ACTIVE, State.QUEUED, State.CLOSED}),
    State.ACTIVE: frozenset({State.CLOSING, State.REQUESTED, State.QUEUED, State.CLOSED}),
    State.CLOSING: frozenset({State.CLOSED, State.QUEUED}),
    State.QUEUED: frozenset({State.CLAIMED, State.CLOSED}),
    State.CLAIMED: frozenset({State.QUEUED, State.CLOSED}),
    State.CLOSED: frozenset(),
}
"""Every change that may happen. `ForbiddenChange` for any other."""


class ForbiddenChange(Exception):
    """A case cannot go from one state to the other."""

    def __init__(self, before: State, after: State) -> None:
        super().__init__(f"a case cannot go from {before.value} to {after.value}")


class Party(msgspec.Struct, frozen=True):
    """One side of a case: who, where they are reached, and the alias by which the others know them in this case."""

    person: PersonId
    side: Side
    address: Address
    alias: str
    language: str


class Answer(msgspec.Struct, frozen=True):
    """An answer from the check-in, as the human who helps reads it."""

    question: str
    """The name under which the flow saved it: `mood`, `weight`, `topic`, ..."""
    answer: str


class Entry(msgspec.Struct, frozen=True):
    """A line of the timeline: when, who (by alias or `bot`), what (a key of the sentences), why."""

    at: Milliseconds
    who: str
    what: str
    why: str = ""


class Line(msgspec.Struct, frozen=True):
    """Something that the student wrote while nobody was there to read it yet."""

    at: Milliseconds
    text: str
    message: str


class Outcome(enum.StrEnum):
    """How a counselor's case ended, in the counselor's judgement."""

    SAFE = "safe"
    REFERRED = "referred"
    EMERGENCY_SERVICES = "emergency_services"
    NO_ANSWER = "no_answer"
    FALSE_ALARM = "false_alarm"


class Alarm(msgspec.Struct, frozen=True):
    """How far the alarm of an unclaimed case has gone. `circle`: 0 on duty, 1 all counselors, 2 coordinators."""

    circle: int = 0
    raised_at: Milliseconds = 0
    told: frozenset[PersonId] = frozenset()
    """Who has been sent an alert in this turn in the queue."""
    delivered: bool = False
    """At least one alert has arrived; only then may the student be told that somebody was alerted."""
    promised: bool = False
    """The student has been told so."""


class Case(msgspec.Struct, frozen=True, tag=True):
    """One document."""

    id: CaseId
    state: State
    opened_at: Milliseconds
    since: Milliseconds
    """Since when it waits, for its place in the list or queue; kept when a lease runs out."""
    level: Level
    topic: str
    student: Party
    flags: frozenset[Flag] = frozenset()
    checkin: tuple[Answer, ...] = ()
    words: tuple[str, ...] = ()
    """The words that matched in screening."""
    rules: tuple[str, ...] = ()
    """The rules that matched, and the version of the lists."""
    trigger: Judged | None = None
    """The text that raised it, where one did; dropped when the case closes."""
    supporter: Party | None = None
    counselor: Party | None = None
    counselor_arrived: bool = False
    """The counselor's first message has been delivered to the student."""
    peer_left: bool = False
    """The supporter is named above but no longer in the chat."""
    offered_to: PersonId = ""
    declined: frozenset[PersonId] = frozenset()
    """Who said no to this case, or knows the student."""
    passed: frozenset[PersonId] = frozenset()
    """Who let an offer of this case pass; they may be asked again after a while."""
    lease_until: Milliseconds = 0
    alarm: Alarm = Alarm()
    rechecks: int = 0
    """How often the waiting student has been written to."""
    unread: tuple[Line, ...] = ()
    notes: tuple[Entry, ...] = ()
    """Internal: `why` is the note's text. Never rendered for the student; no message can become one."""
    timeline: tuple[Entry, ...] = ()
    outcome: Outcome | None = None
    closed_at: Milliseconds = 0

    @property
    def is_open(self) -> bool:
        return self.state is not State.CLOSED

    @property
    def is_counselors(self) -> bool:
        return self.state in {State.QUEUED, State.CLAIMED}

    @property
    def peer(self) -> Party | None:
        """The supporter, as long as they are in the chat."""
        return None if self.peer_left else self.supporter

    def is_offered_to(self, person: PersonId) -> bool:
        return self.state is State.OFFERED and self.offered_to == person

    def party_of(self, person: PersonId) -> Party | None:
        """The staff party that this person is in the case, if any."""
        for party in (self.counselor, self.supporter):
            if party is not None and party.person == person:
                return party
        return None


def move(case: Case, state: State) -> Case:
    """The case in its next state. Raises ForbiddenChange."""
    if state not in NEXT[case.state]:
        raise ForbiddenChange(case.state, state)
    return msgspec.structs.replace(case, state=state)
