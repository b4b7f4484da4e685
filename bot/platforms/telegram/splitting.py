"""A long text in parts that Telegram takes, cut where a reader would pause."""

from __future__ import annotations

import re
import unicodedata

from bot.platforms.telegram.characters import fitting, units

MOST_IN_TEXT = 4_096
"""Telegram's limit for a message's text."""
MOST_IN_CAPTION = 1_024
"""Telegram's limit for the words under a photo or file."""

SHORTEST_SHARE = 0.5
"""A part is filled at least this far: a paragraph's end at the very beginning is no good place."""

PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?…]+[\"'”’)]*\s+"),
    re.compile(r"\s+"),
)
"""Where to cut, best first; the part ends after the match."""

JOINER = "\u200d"
SELECTORS = range(0xFE00, 0xFE10)
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def split(text: str, limit: int = MOST_IN_TEXT) -> list[str]:
    """Parts of at most `limit` UTF-16 units, in order. A part of nothing but spaces is left out: it cannot be sent."""
    parts: list[str] = []
    rest = text
    while units(rest) > limit:
        cut = _best_cut(rest, fitting(rest, limit))
        parts.append(rest[:cut])
        rest = rest[cut:]
    parts.append(rest)
    readable = [part for part in parts if part.strip()]
    return readable or [text[: fitting(text, limit)]]


def split_caption(text: str) -> tuple[str, str]:
    """The words that fit under a file, and the rest."""
    if units(text) <= MOST_IN_CAPTION:
        return text, ""
    cut = _best_cut(text, fitting(text, MOST_IN_CAPTION))
    return text[:cut], text[cut:]


def _best_cut(text: str, most: int) -> int:
    head = text[:most]
    for pause in PAUSES:
        ends = [match.end() for match in pause.finditer(head)]
        if ends and ends[-1] >= most * SHORTEST_SHARE:
            return ends[-1]
    cut = most
    while cut > most * SHORTEST_SHARE and _belongs_to_the_one_before(text, cut):
        cut -= 1
    return cut


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    """Whether a cut at this place would tear what a reader sees as one character."""
    code = ord(text[at])
    return (
        unicodedata.combining(text[at]) != 0
        or text[at] == JOINER
        or text[at - 1] == JOINER
        or code in SELECTORS
        or code in SKIN_TONES
        or code in FLAG_LETTERS
    )
