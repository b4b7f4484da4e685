"""The numbers of the program's daily work, as the config sets them. Spans are in milliseconds.

The defaults are starting values (docs/operators.md lists them); a deployment's clinicians set their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, tzinfo

from bot.model.event import MediaKind

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked by `bot.config` before it gets here."""

    program: str = "sebaya"
    languages: tuple[str, ...] = ("id", "en")
    region: str = ""
    """Where the program is; contacts that serve only one region are shown there alone."""
    age: int = 18
    """Younger people get the resources, and nothing is stored of them unless they use the crisis path."""
    entry_code: str = ""
    """Asked for at the start where a school lowers the age, with its guardians' consent on paper."""
    consent_version: str = "1"
    timezone: tzinfo = UTC
    """For the times of day that people read."""
    shared_bot: bool = False
    """One bot serves both sides: a person with a staff role switches by a button."""

    offer_ms: int = 60 * SECOND_MS
    """How long an offer stands before it goes to the next supporter."""
    capacity: int = 1
    """Live chats of a new supporter (domain.md 3.9)."""
    rest_ms: int = 15 * MINUTE_MS
    """A supporter's rest after a hard case."""
    certificate_ms: int = 365 * DAY_MS
    """How long the certificate of a supporter invited with --trained holds."""
    rechecks_ms: tuple[int, ...] = (5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS)
    """When a waiting student is written to; after the last, again at the distance of the last two."""
    idle_ms: int = 30 * MINUTE_MS
    """A peer chat in which nobody writes for so long is asked whether it is still on."""

    alarms_ms: tuple[int, ...] = (2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS)
    """When the alarm of an unclaimed case widens; after the last it repeats at the distance between the last two."""
    lease_ms: int = 10 * MINUTE_MS
    """How long a counselor's claim holds without any work on the case."""
    lease_warning_ms: int = 2 * MINUTE_MS
    """How long before its end the counselor is reminded."""
    claims: int = 5
    """Cases that one counselor may hold at once."""

    ask_again_ms: int = 30 * MINUTE_MS
    """The direct question after an ambiguous text is not asked more often than this."""
    burst_ms: int = 60 * SECOND_MS
    """Messages of one person within this time are also screened as one text."""

    relayed_kinds: frozenset[MediaKind] = frozenset()
    """Kinds besides text that are passed on. None by default: they show faces, voices and places."""

    keep_closed_ms: int = 90 * DAY_MS
    """How long a closed case is kept, sealed, before it is forgotten."""
    keep_unconsented_ms: int = DAY_MS
    """How long an unfinished start is kept."""
    keep_candidates_ms: int = 90 * DAY_MS
    """How long a text that screening judged wrongly waits for its review."""
