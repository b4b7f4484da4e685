"""A text that screening judged wrongly, as staff saw it: perhaps an example for the word lists, once a person has
reviewed it.

Nothing in it leads back to anybody: no person, no case, no alias, no time of day, and the text is masked before it
gets here (`bot.casework.masking`).
"""

from __future__ import annotations

import enum

import msgspec

from bot.model.event import Milliseconds
from bot.model.level import Level

DAY_MS = 86_400_000


class CandidateKind(enum.StrEnum):
    """In which way screening was wrong."""

    FALSE_ALARM = "false_alarm"
    """It raised a case that a counselor closed as a false alarm."""
    MISSED = "missed"
    """It passed over words that staff say it should have caught."""

    def fits(self, level: Level) -> bool:
        """Whether a verdict of this level is what staff say it should be."""
        return level >= Level.RED if self is CandidateKind.MISSED else level <= Level.BLUE


class Candidate(msgspec.Struct, frozen=True, tag=True):
    """One document, kept for a set number of days or until it has been reviewed."""

    id: str
    kind: CandidateKind
    language: str
    """Of whoever wrote or reported it."""
    text: str
    level: Level
    """What screening said of it then."""
    rules: tuple[str, ...]
    """The rules that matched then."""
    lists: str
    """The version of the word lists that judged."""
    at: Milliseconds
    """The beginning of the day (UTC) on which it was made."""


def day_of(at: Milliseconds) -> Milliseconds:
    """The beginning of the day, UTC."""
    return at - at % DAY_MS
