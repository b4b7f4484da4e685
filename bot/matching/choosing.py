"""Who gets the offer. Peers are protected here: the first group of rules refuses, the second only prefers."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from bot.model.event import Milliseconds, PersonId
from bot.model.index import RosterEntry
from bot.model.text import Language


@dataclass(frozen=True, slots=True)
class Need:
    """What a case asks of a supporter."""

    student: PersonId
    language: Language
    topic: str
    declined: frozenset[PersonId] = frozenset()
    """Who has said no to this case, or let an offer pass."""
    avoids: frozenset[PersonId] = frozenset()
    """Whom the student must not meet."""
    prefers: PersonId = ""
    """Whom the student asked to talk to again."""


class Refusal(enum.StrEnum):
    """Why a supporter on duty gets no offer."""

    SELF = "self"
    CONFLICT = "conflict"
    DECLINED = "declined"
    NOT_CERTIFIED = "not-certified"
    RESTING = "resting"
    FULL = "full"
    LANGUAGE = "language"
    TOPIC = "topic"


def refusal(need: Need, supporter: RosterEntry, now: Milliseconds) -> Refusal | None:
    """The first reason against this supporter, or None."""
    reasons = (
        (supporter.person == need.student, Refusal.SELF),
        (supporter.person in need.avoids or need.student in supporter.avoids, Refusal.CONFLICT),
        (supporter.person in need.declined, Refusal.DECLINED),
        (supporter.certified_until <= now, Refusal.NOT_CERTIFIED),
        (supporter.resting_until > now, Refusal.RESTING),
        (supporter.free < 1, Refusal.FULL),
        (bool(supporter.languages) and need.language not in supporter.languages, Refusal.LANGUAGE),
        (bool(supporter.topics) and need.topic not in supporter.topics, Refusal.TOPIC),
    )
    return next((reason for against, reason in reasons if against), None)


def refusals(need: Need, roster: Iterable[RosterEntry], now: Milliseconds) -> dict[PersonId, Refusal]:
    """Everybody on the roster who gets no offer, and why: what a coordinator asks when a student waits."""
    found = ((supporter.person, refusal(need, supporter, now)) for supporter in roster)
    return {person: reason for person, reason in found if reason is not None}


def choose(need: Need, roster: Iterable[RosterEntry], now: Milliseconds) -> RosterEntry | None:
    """The best supporter for this need, or None. The same arguments give the same answer.

    Preferred, in this order: whom the student asked for, who named this topic, who has the most room, who has been on
    duty for the longest without a case; the id breaks the last tie.
    """
    fit = [supporter for supporter in roster if refusal(need, supporter, now) is None]
    return min(fit, key=lambda supporter: _preference(need, supporter), default=None)


def _preference(need: Need, supporter: RosterEntry) -> tuple[bool, bool, int, Milliseconds, PersonId]:
    return (
        supporter.person != need.prefers,
        need.topic not in supporter.topics,
        -supporter.free,
        supporter.on_duty_since,
        supporter.person,
    )
