"""What a text must hold before a phrase can match: the cheap first question asked of every message.

Each part of a phrase is carried by certain words, and a phrase can match only where every part has a carrier. Parts
are bits: a word carries some, a phrase needs some, and a phrase is looked up only by its rarest part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Generic, NamedTuple, TypeVar

from bot.screening.pattern import GAPS, Sequence

Found = TypeVar("Found")

MOST_COMMON = 1000.0
"""What the first word of a `common` list costs, against 1 for a word of none. The n-th costs an n-th of it (Zipf)."""
BITS = 4093
"""Parts share this many bits, a prime; two on one bit only cost a needless second look."""
NO_WORDS: frozenset[str] = frozenset()


class Course(NamedTuple):
    """Symbols in their order, and the same with the rarest first: the order in which it pays to look for them."""

    sequence: Sequence
    parts: tuple[str, ...]
    mask: int
    """The bits of its parts, all of which a text must touch."""


class Meaning(NamedTuple):
    """What a symbol stands for: single words, and a slot's longer entries by the word that each rests on."""

    words: frozenset[str]
    entries: dict[str, tuple[Course, ...]]
    bit: int
    """A sign of it: a text whose words do not touch this bit cannot hold it."""


class Sign(NamedTuple):
    """A slot for which a word stands, alone or within several words."""

    slot: str
    course: Course | None


NOTHING = Meaning(NO_WORDS, {}, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Row(Generic[Found]):
    """A phrase, what it needs as bits, and what it finds."""

    place: int
    """In the order of the lists."""
    mask: int
    course: Course
    found: Found


class Group(NamedTuple, Generic[Found]):
    """Phrases that all need at least this."""

    mask: int
    rows: tuple[Row[Found], ...]


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

    def under(self, word: str) -> Groups[Found]:
        """The phrases that rest on a word."""
        return self._groups.get(word, ())

    def possible(self, words: Iterable[str], carried: int) -> list[Row[Found]]:
        """The phrases that may match a text with these words, which carry these bits; in the order of the lists."""
        return possible((group for word in words for group in self._groups.get(word, ())), carried)


def possible(groups: Iterable[Group[Found]], carried: int) -> list[Row[Found]]:
    """Those among the phrases of some groups whose needs are all carried, in the order of the lists."""
    missing = ~carried
    rows = {row for group in groups if not group.mask & missing for row in group.rows if not row.mask & missing}
    return sorted(rows, key=_place)


def _place(row: Row[Found]) -> int:
    return row.place


def _grouped(rows: tuple[Row[Found], ...]) -> Groups[Found]:
    """Each phrase under the first that needs no more than it: where that one cannot match, it need not be tried."""
    groups: dict[int, list[Row[Found]]] = {}
    for row in sorted(rows, key=lambda row: (row.mask.bit_count(), row.place)):
        least = next((mask for mask in groups if mask & row.mask == mask), row.mask)
        groups.setdefault(least, []).append(row)
    return tuple(Group(mask, tuple(under)) for mask, under in groups.items())


class Signs(NamedTuple):
    """What words tell of phrases."""

    carries: dict[str, int]
    """By word: the bits of all parts of phrases that it can stand for."""
    touches: dict[str, int]
    """By word: the bits of all symbols that can stand where it is."""
    meanings: dict[str, Meaning]
    """By symbol."""


class Anchors:
    """Finds for each phrase the words that it rests on, and makes the tables."""

    def __init__(
        self,
        slots: Mapping[str, list[Sequence]],
        words: Mapping[str, Collection[str]],
        common: Mapping[str, int],
    ) -> None:
        self._slots = slots
        self._words = words
        """By symbol: the single words that satisfy it."""
        self._common = common
        self._carriers: dict[str, tuple[float, frozenset[str]]] = {}
        self._bits: dict[str, int] = {}
        self._meanings: dict[str, Meaning] = {}
        for symbol in dict.fromkeys((*slots, *words)):
            self._carried(symbol)

    def book(self, phrases: Iterable[tuple[Sequence, Found]]) -> Book[Found]:
        """Each phrase under the words that it rests on."""
        rows: dict[str, list[Row[Found]]] = {}
        for place, (sequence, found) in enumerate(phrases):
            mask = 0
            for symbol in sequence:
                if symbol not in GAPS:
                    mask |= self._bit(symbol)
            row = Row(place, mask, self._course(sequence), found)
            for word in self._rarest(sequence)[1]:
                rows.setdefault(word, []).append(row)
        return Book(rows)

    def signs(self) -> Signs:
        """Asked when all phrases are in their books."""
        carries: dict[str, int] = {}
        for symbol, bit in self._bits.items():
            for word in self._carried(symbol)[1]:
                carries[word] = carries.get(word, 0) | bit
        touches: dict[str, int] = {}
        for symbol, meaning in self._meanings.items():
            for word in self._carried(symbol)[1]:
                touches[word] = touches.get(word, 0) | meaning.bit
        return Signs(carries, touches, self._meanings)

    def under(self, names: Iterable[str]) -> dict[str, tuple[Sign, ...]]:
        """By word: what it says of some slots, alone or as the rarest of several words."""
        signs: dict[str, list[Sign]] = {}
        for name in names:
            meaning = self._meanings.get("{" + name + "}", NOTHING)
            for word in meaning.words:
                signs.setdefault(word, []).append(Sign(name, None))
            for word, courses in meaning.entries.items():
                signs.setdefault(word, []).extend(Sign(name, course) for course in courses)
        return {word: tuple(found) for word, found in signs.items()}

    def _bit(self, symbol: str) -> int:
        if symbol not in self._bits:
            self._bits[symbol] = 1 << (len(self._bits) % BITS)
        return self._bits[symbol]

    def _carried(self, symbol: str) -> tuple[float, frozenset[str]]:
        """The words without which the symbol cannot stand, and how common they are together."""
        if symbol not in self._carriers:
            # While it is being found, for slots that nest in a circle.
            self._carriers[symbol] = (MOST_COMMON, NO_WORDS)
            single = set(self._words.get(symbol, ()))
            entries: dict[str, tuple[Course, ...]] = {}
            for sequence in self._slots.get(symbol, ()):
                course, resting = self._course(sequence), self._rarest(sequence)[1]
                if len(sequence) == 1:  # another slot: its single words are taken over
                    inner = self._meanings.get(sequence[0], NOTHING)
                    single |= inner.words
                    resting = frozenset(inner.entries)
                for word in resting:
                    entries[word] = (*entries.get(word, ()), course)
            self._meanings[symbol] = Meaning(frozenset(single), entries, 1 << (len(self._meanings) % BITS))
            words = frozenset(single | entries.keys())
            self._carriers[symbol] = (fsum(map(self._cost, words)), words)
        return self._carriers[symbol]

    def _cost(self, word: str) -> float:
        """How often a word is met, as far as the `common` lists tell by the order of their words."""
        place = self._common.get(word)
        return 1.0 if place is None else 1.0 + MOST_COMMON / (place + 1)

    def _course(self, sequence: Sequence) -> Course:
        parts = dict.fromkeys(symbol for symbol in sequence if symbol not in GAPS)
        mask = 0
        for symbol in parts:
            self._carried(symbol)
            mask |= self._meanings[symbol].bit if symbol in self._meanings else 0
        return Course(sequence, tuple(sorted(parts, key=lambda symbol: self._carried(symbol)[0])), mask)

    def _rarest(self, sequence: Sequence) -> tuple[float, frozenset[str]]:
        return min((self._carried(symbol) for symbol in sequence if symbol not in GAPS), key=lambda carried: carried[0])
