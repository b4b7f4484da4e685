"""Each change of a case is an entry in its timeline: when, who (an alias, or the bot), what, why."""

from __future__ import annotations

import msgspec

from bot.casework.words import Noted
from bot.model.case import Case, Entry

THE_BOT = "bot"
MOST_ENTRIES = 500
"""Entries kept; a case that goes on for weeks forgets its oldest ones, never its first."""


def noted(case: Case, at: int, what: Noted, *, who: str = THE_BOT, why: str = "") -> Case:
    """The case with one more entry."""
    timeline = (*case.timeline, Entry(at, who, what.value, why))
    if len(timeline) > MOST_ENTRIES:
        timeline = (timeline[0], *timeline[-MOST_ENTRIES + 1 :])
    return msgspec.structs.replace(case, timeline=timeline)
