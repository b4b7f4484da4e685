"""Several messages of one person in a short time are one: "aku" · "pengen" · "mati"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.model.verdict import Verdict
from bot.screening.lists import Lists
from bot.screening.screen import screen


def screen_burst(texts: Sequence[str], lists: Lists, *, speaker: str = "student") -> Verdict:
    """The highest verdict on the texts joined by line breaks and on each alone. Places count in the joined text."""
    if not texts:
        return lists.calm
    best = screen("\n".join(texts), lists, speaker=speaker)
    offset = 0
    for text in texts:
        alone = screen(text, lists, speaker=speaker)
        if alone.level > best.level:
            best = _shifted(alone, offset)
        offset += len(text) + 1
    return best


def _shifted(verdict: Verdict, offset: int) -> Verdict:
    matches = (
        msgspec.structs.replace(match, start=match.start + offset, end=match.end + offset) for match in verdict.matches
    )
    return msgspec.structs.replace(verdict, matches=tuple(matches))
