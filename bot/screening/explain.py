"""Why a match counts as it does, in one plain sentence for the counselor and the log of a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.screening.rule import Rule

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


def about(subject: str) -> str:
    return SUBJECTS[subject]


def framed(name: str) -> str:
    return f"it stands in a frame of {name}"


def sentence(rule: Rule, notes: Iterable[str], hows: Sequence[str]) -> str:
    read = dict.fromkeys(how for how in hows if how)
    parts = [f"Fits a phrase listed as {rule.level.word}", *notes]
    if read:
        parts.append(f"read through: {', '.join(read)}")
    return "; ".join(parts) + "."
