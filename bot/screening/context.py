"""The signs around a match, found once for a text: who, not, when, and in what frame.

Gathers where the reserved slots stand; what they mean for a match is decided in polarity, person, time and frame.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from bot.screening.trie import Lattice
from bot.screening.words import Word

LONGEST_SIGN = 8
"""Words of the longest sign: how far before a window one may begin that reaches into it."""


class Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class Context:
    words: list[Word]
    lattice: Lattice
    signs: dict[str, list[Span]]
    """By reserved slot, in the order of the text."""
    sentences: dict[str, set[int]]
    """By reserved slot: the sentences that have one."""
    speaker: str
    asked: frozenset[int]
    """Sentences that end with a question mark."""

    def spans(self, name: str) -> list[Span]:
        return self.signs.get("{" + name + "}", [])

    def between(self, name: str, low: int, high: int) -> list[Span]:
        """Those that begin at word `low` or behind it, and before word `high`."""
        spans = self.spans(name)
        return spans[bisect_left(spans, Span(low, 0)) : bisect_left(spans, Span(high, 0))]

    def ends_at(self, name: str, place: int) -> bool:
        """Whether one ends right before word `place`."""
        return any(span.end == place for span in self.between(name, place - LONGEST_SIGN, place))

    def said_in(self, name: str, sentence: int) -> bool:
        return sentence in self.sentences.get("{" + name + "}", ())

    def same_clause(self, first: int, second: int) -> bool:
        """Whether no comma or the like stands between two words."""
        return self.words[first].clause == self.words[second].clause

    def sentence_of(self, place: int) -> int:
        return self.lattice.sentence[place]


def context_of(words: list[Word], lattice: Lattice, reserved: frozenset[str], speaker: str) -> Context:
    signs: dict[str, list[Span]] = {}
    for start, edges in enumerate(lattice.edges):
        for symbol, end in edges:
            if symbol in reserved:
                signs.setdefault(symbol, []).append(Span(start, end))
    for spans in signs.values():
        spans.sort()
    sentences = {name: {lattice.sentence[span.start] for span in spans} for name, spans in signs.items()}
    asked = frozenset(word.sentence for word in words if word.asks)
    return Context(words, lattice, signs, sentences, speaker, asked)
