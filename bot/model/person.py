"""Somebody who messages the bot: student, supporter, counselor, coordinator, or several of these.

The id is a keyed hash of the platform's id, so nothing here leads back to an account; the address is sealed with the
rest of the document. No name is kept: how a person is shown is decided per case (`bot.casework.aliases`).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec

from bot.model.address import Address, Side
from bot.model.event import CaseId, Milliseconds, PersonId


class Role(enum.StrEnum):
    """What somebody may do on the staff side. Everybody is also a person who may need help."""

    SUPPORTER = "supporter"
    COUNSELOR = "counselor"
    COORDINATOR = "coordinator"


class Consent(msgspec.Struct, frozen=True):
    """What was agreed to, provable later: version of the notice, language it was read in, and when."""

    version: str
    language: str
    at: Milliseconds


class Staff(msgspec.Struct, frozen=True):
    """The staff side of a person. `alias` is how colleagues see them, made when they joined."""

    roles: frozenset[Role]
    alias: str
    certified_until: Milliseconds = 0
    """A supporter's certificate; 0 for none."""
    on_duty: bool = False
    on_duty_since: Milliseconds = 0
    resting_until: Milliseconds = 0
    capacity: int = 1
    topics: frozenset[str] = frozenset()
    """Topics they take; empty for all."""
    languages: frozenset[str] = frozenset()
    """Languages they speak; empty for all."""
    holding: tuple[CaseId, ...] = ()
    """Cases that they talk in, or hold by a claim."""
    offered: tuple[CaseId, ...] = ()
    """Offers not yet answered."""


class Person(msgspec.Struct, frozen=True, tag=True):
    """One document. `side` is the side chosen where one bot serves both."""

    id: PersonId
    created_at: Milliseconds
    language: str = ""
    """Chosen language; empty until one is known."""
    side: Side = Side.STUDENT
    addresses: Mapping[Side, Address] = msgspec.field(default_factory=dict)
    consent: Consent | None = None
    staff: Staff | None = None
    own_case: CaseId = ""
    """The open case in which this person is the one who is helped."""
    past_cases: tuple[CaseId, ...] = ()
    """Their closed cases that are still kept, so that /delete finds them."""
    prefers: PersonId = ""
    """The supporter that they asked to talk to again."""
    avoids: frozenset[PersonId] = frozenset()
    """People they must not be matched with: known in real life, or not again."""
    unreachable: frozenset[Side] = frozenset()
    """Sides on which they have blocked the bot."""

    def has(self, role: Role) -> bool:
        return self.staff is not None and role in self.staff.roles

    @property
    def is_staff(self) -> bool:
        return self.staff is not None and bool(self.staff.roles)
