"""What each phrase rests on, and the tables by which words tell of phrases: made once, when lists are compiled.

A phrase rests on its rarest part: the one whose words are met least often. `bot.screening.telling` says what the
tables hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from math import fsum
from typing import NamedTuple, TypeVar

from bot.screening.pattern import GAPS, LOOSE, Sequence
from bot.screening.remembered import Remembered
from bot.screening.telling import NOTHING, Book, Course, Meaning, Row, Signs

Found = TypeVar("Found")

MOST_COMMON = 1000.0
"""What the first word of a `common` list costs, against 1 for a word of none. The n-th costs an n-th of it (Zipf)."""
NO_WORDS: frozenset[str] = frozenset()
NESTING = "{~"
"""How a symbol begins that stands for others. A plain word satisfies the slots that list it without being asked."""
ALONE = (None,)
"""Of a word that stands for a symbol by itself, and carries none of its longer entries."""


class Carriers(NamedTuple):
    """The words without which a symbol cannot stand, and how common they are together."""

    cost: float
    words: frozenset[str]


class Anchors:
    """Finds for each phrase the words that it rests on, and makes the tables."""

    def __init__(
        self,
        slots: Mapping[str, list[Sequence]],
        words: Mapping[str, Collection[str]],
        common: Mapping[str, int],
        phrases: Iterable[Sequence],
        asked: Iterable[str],
    ) -> None:
        """`asked` are symbols that the engine itself asks for in every text that comes so far."""
        self._slots = slots
        self._words = words
        """By symbol: the single words that satisfy it."""
        self._costs: Remembered[str, float] = Remembered(lambda word: _cost(common.get(word)))
        self._carriers: Remembered[str, Carriers] = Remembered(self._carried)
        self._parts: Remembered[Sequence, tuple[str, ...]] = Remembered(self._rarest_first)
        for symbol in (*slots, *words):
            self._carriers[symbol]  # before anything is compared: in the order of the lists, whatever nests in a circle
        self._bits = self._numbered(phrases, asked)
        self._courses: Remembered[tuple[Sequence, str], Course] = Remembered(self._course)
        self._meanings: dict[str, Meaning] = {}
        for symbol in (*slots, *words):
            self._mean(symbol)

    def _numbered(self, phrases: Iterable[Sequence], asked: Iterable[str]) -> dict[str, int]:
        """A bit for each symbol that is asked for. What a phrase rests on is not: there the phrase is not looked up at
        all without it. The oftener a symbol is asked for, the lower its bit, because short numbers cost less.
        """
        entries = chain.from_iterable(self._slots.values())
        uses = Counter(symbol for sequence in chain(entries, phrases) for symbol in self._parts[sequence][1:])
        often_first = dict.fromkeys((*asked, *(symbol for symbol, _ in uses.most_common())))
        return {symbol: 1 << place for place, symbol in enumerate(often_first)}

    def book(self, phrases: Iterable[tuple[Sequence, Found]], *, between: str = LOOSE) -> Book[Found]:
        """Each phrase under the words that it rests on. `between` says how parts follow each other without a gap."""
        rows: dict[Sequence, Row[Found]] = {}
        for place, (sequence, found) in enumerate(phrases):
            if sequence not in rows:
                rows[sequence] = Row(self._courses[sequence, between], [])
            rows[sequence].found.append((place, found))
        resting: dict[str, list[Row[Found]]] = {}
        for row in rows.values():
            for word in self._carriers[row.course.parts[0]].words:
                resting.setdefault(word, []).append(row)
        return Book(resting)

    def signs(self) -> Signs:
        touches: dict[str, int] = {}
        for symbol, bit in self._bits.items():
            for word in self._carriers[symbol].words:
                touches[word] = touches.get(word, 0) | bit
        return Signs(touches, (1 << len(self._bits)) - 1, self._bits, self._meanings)

    def _carried(self, symbol: str) -> Carriers:
        # While it is being found, for slots that nest in a circle.
        self._carriers[symbol] = Carriers(MOST_COMMON, NO_WORDS)
        words = set(self._words.get(symbol, ()))
        for sequence in self._slots.get(symbol, ()):
            if len(sequence) > 1 or sequence[0][0] in NESTING:
                words |= self._carriers[self._parts[sequence][0]].words
        return Carriers(fsum(map(self._costs.__getitem__, words)), frozenset(words))

    def _rarest_first(self, sequence: Sequence) -> tuple[str, ...]:
        parts = [symbol for symbol in dict.fromkeys(sequence) if symbol not in GAPS]
        return tuple(sorted(parts, key=self._commonness)) if len(parts) > 1 else tuple(parts)

    def _commonness(self, symbol: str) -> float:
        return self._carriers[symbol].cost

    def _mean(self, symbol: str) -> Meaning:
        if symbol not in self._meanings:
            # While it is being found, for slots that nest in a circle.
            self._meanings[symbol] = NOTHING
            words: dict[str, tuple[Course | None, ...]] = dict.fromkeys(self._words.get(symbol, ()), ALONE)
            slots: list[str] = []
            for sequence in self._slots.get(symbol, ()):
                if len(sequence) == 1 and sequence[0][0] in NESTING:
                    inner = self._mean(sequence[0])
                    alone = [word for word, entries in inner.words.items() if entries[0] is None]
                    words |= dict.fromkeys(alone, ALONE)
                    if inner.slots or len(alone) < len(inner.words):
                        slots.append(sequence[0])
            for sequence in self._slots.get(symbol, ()):
                if len(sequence) > 1:
                    course = self._courses[sequence, LOOSE]
                    for word in self._carriers[course.parts[0]].words:
                        words[word] = (*words.get(word, ()), course)
            self._meanings[symbol] = Meaning(words, tuple(slots))
        return self._meanings[symbol]

    def _course(self, phrase: tuple[Sequence, str]) -> Course:
        sequence, between = phrase
        parts = self._parts[sequence]
        mask = 0
        for symbol in parts[1:]:
            mask |= self._bits[symbol]
        return Course(mask, parts, sequence[0], tuple(_steps(sequence[1:], between)))


def _cost(place: int | None) -> float:
    """How often a word is met, as far as the `common` lists tell by the order of their words."""
    return 1.0 if place is None else 1.0 + MOST_COMMON / (place + 1)


def _steps(symbols: Sequence, between: str) -> Iterator[tuple[str, str]]:
    step = between
    for symbol in symbols:
        if symbol in GAPS:
            step = symbol
        else:
            yield step, symbol
            step = between
