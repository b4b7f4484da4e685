"""Why a match counts as it does, in one plain sentence for the counselor and the log of a case."""

from __future__ import annotations

from functools import lru_cache

from bot.model.level import Level

MOST_REMEMBERED = 2_000
"""Sentences that are kept ready; few are made over and over."""

DENIED = "it is denied"
PAST = "it is told as past"
SOON = "it is said to be soon"
STILL_DISTRESSED = "yet there is distress beside the denial"

ADDED_UP = "there is more than one such sign"

SUBJECTS = {
    "self": "it is about the writer",
    "other": "it is about somebody the writer knows",
    "people": "it is about people in general",
    "you": "it is said to somebody else",
    "none": "nobody is named, which counts as the writer",
}


def framed(name: str) -> str:
    return f"it stands in a frame of {name}"


@lru_cache(maxsize=MOST_REMEMBERED)
def sentence(listed: Level, notes: tuple[str, ...], hows: tuple[str, ...]) -> str:
    """Of a phrase listed at some level, what was noted about the match, and how each of its words was read."""
    read = dict.fromkeys(how for how in hows if how)
    parts = [f"Fits a phrase listed as {listed.word}", *notes]
    if read:
        parts.append(f"read through: {', '.join(read)}")
    return "; ".join(parts) + "."
