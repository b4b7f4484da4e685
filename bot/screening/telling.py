"""What a text must hold before a phrase can match: the cheap first question asked of every message.

Each part of a phrase is carried by certain words, and a phrase can match only where every part has a carrier. Parts
are bits: a word touches some, a phrase needs some, and a phrase is looked up only by its rarest part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

import msgspec

Found = TypeVar("Found")


class Course(NamedTuple):
    """How to look for a sequence of symbols."""

    mask: int
    """The bits of its parts but for the rarest, on which it rests. A text must touch all of them."""
    parts: tuple[str, ...]
    """Its symbols with the rarest first: the order in which it pays to ask for them."""
    first: str
    rest: tuple[tuple[str, str], ...]
    """Each further symbol, behind how it follows on the one before."""


class Meaning(NamedTuple):
    """What a symbol stands for."""

    words: dict[str, tuple[Course | None, ...]]
    """By word: None where the word stands for it alone, and the longer entries that rest on the word."""
    slots: tuple[str, ...]
    """Other slots that it lists and that have longer entries; their single words are among `words`."""


class Signs(NamedTuple):
    """What words tell of symbols."""

    touches: dict[str, int]
    """By word: the bits of all symbols that can stand where it is."""
    every: int
    """The bits of all symbols."""
    bits: dict[str, int]
    """By symbol, if anything asks for it: its bit."""
    meanings: dict[str, Meaning]
    """By symbol."""


NOTHING = Meaning({}, ())


class Row(msgspec.Struct, Generic[Found], frozen=True, eq=False):
    """A phrase, and what it finds, each with its place in the order of the lists."""

    course: Course
    found: list[tuple[int, Found]]


class Group(NamedTuple, Generic[Found]):
    """Phrases that all need at least this, each with all that it needs."""

    mask: int
    rows: tuple[tuple[int, Row[Found]], ...]


Groups = tuple[Group[Found], ...]


class Book(Generic[Found]):
    """Phrases, each under the words of its rarest part."""

    def __init__(self, rows: Mapping[str, Iterable[Row[Found]]]) -> None:
        grouped: dict[tuple[Row[Found], ...], Groups[Found]] = {}
        self._groups: dict[str, Groups[Found]] = {}
        for word, found in rows.items():
            under = tuple(found)
            if under not in grouped:
                grouped[under] = _grouped(under)
            self._groups[word] = grouped[under]

    def under(self, words: Iterable[str]) -> Groups[Found]:
        """The phrases that rest on some words."""
        return tuple(group for word in words for group in self._groups.get(word, ()))


def possible(groups: Iterable[Group[Found]], missing: int) -> set[Row[Found]]:
    """The phrases of groups that need none of the bits that are missing."""
    return {row for _, rows in groups for mask, row in rows if not mask & missing}


def _grouped(rows: tuple[Row[Found], ...]) -> Groups[Found]:
    """Each phrase under the first that needs no more than it: where that one cannot match, it need not be tried."""
    groups: dict[int, list[Row[Found]]] = {}
    for row in sorted(rows, key=lambda row: row.course.mask.bit_count()):
        needed = row.course.mask
        least = next((mask for mask in groups if mask & needed == mask), needed)
        groups.setdefault(least, []).append(row)
    return tuple(Group(mask, tuple((row.course.mask, row) for row in under)) for mask, under in groups.items())
