"""Folded text cut into words with their places; spaced-out letters are put together again.

Knows where a sentence ends, and nothing of what words mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.screening.normalise.fold import Folded

WORD = re.compile(r"[a-z0-9$][a-z0-9'@$*!+|]*[a-z0-9$]|[a-z0-9]|@[a-z0-9]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
"""A word may hold signs that stand for letters, but begins and ends with a letter, a digit or `$`."""

SENTENCE_END = re.compile(r"[.!?\n;\u2026]")
CLAUSE_END = re.compile(r"[.!?\n;\u2026,:()\u2014]| - ")
QUESTION = re.compile(r"\?")

SHORTEST_SPACED = 3
"""Letters in a row that are read as one spaced-out word."""


class Piece(NamedTuple):
    """What was typed between two gaps. `start` and `end` are places in the original text."""

    text: str
    start: int
    end: int
    opens: bool
    """A new sentence begins here."""
    clause: bool
    """A new part of a sentence begins here."""
    asks: bool
    """A question mark stands right behind it."""


def cut(folded: Folded) -> list[Piece]:
    """The words of the text, in order."""
    text, places = folded
    pieces: list[Piece] = []
    spaced: list[tuple[str, int, int]] = []
    before = 0
    for found in [*WORD.finditer(text), None]:
        if found is not None and found.end() - found.start() == 1 and _goes_on(spaced, found):
            spaced.append((found.group(), found.start(), found.end()))
            continue
        for word, start, end in _closed(spaced):
            pieces.append(_piece(text, places, word, start, end, before))
            before = end
        spaced = []
        if found is None:
            break
        if found.end() - found.start() == 1 and found.group().isalnum():
            spaced.append((found.group(), found.start(), found.end()))
        elif not _is_mention(found.group()):
            pieces.append(_piece(text, places, found.group(), found.start(), found.end(), before))
            before = found.end()
    return pieces


def _is_mention(word: str) -> bool:
    """`@` and a handle name somebody; only `@ku` and the like are words with a sign for a letter."""
    return word[0] == "@" and len(word) > len("@kuu")


def _goes_on(spaced: list[tuple[str, int, int]], found: re.Match[str]) -> bool:
    """True when this single letter continues a row of single letters that stand one sign apart."""
    return bool(spaced) and found.group().isalnum() and 1 <= found.start() - spaced[-1][2] <= len(" . ")


def _closed(spaced: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """A row of single letters: one word when it is long enough, else each for itself."""
    if len(spaced) < SHORTEST_SPACED:
        return spaced
    return [("".join(letter for letter, _, _ in spaced), spaced[0][1], spaced[-1][2])]


def _piece(text: str, places: list[int] | None, word: str, start: int, end: int, before: int) -> Piece:
    opens = SENTENCE_END.search(text, before, start) is not None
    clause = opens or CLAUSE_END.search(text, before, start) is not None
    asks = QUESTION.match(text, end) is not None or text[end : end + 2] == " ?"
    if places is None:
        return Piece(word, start, end, opens, clause, asks)
    return Piece(word, places[start], places[end - 1] + 1, opens, clause, asks)
