"""The signs around a match, found once for a text: who, not, when, and in what frame.

Gathers where the reserved slots stand; what they mean for a match is decided in polarity, person, time and frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.screening.trie import Lattice
from bot.screening.words import Word


class Span(NamedTuple):
    start: int
    end: int


@dataclass(slots=True)
class Context:
    words: list[Word]
    lattice: Lattice
    signs: dict[str, list[Span]]
    """By reserved slot, in the order of the text."""
    speaker: str
    asked: frozenset[int]
    """Sentences that end with a question mark."""

    def spans(self, name: str) -> list[Span]:
        return self.signs.get("{" + name + "}", [])

    def in_sentence(self, name: str, sentence: int) -> Iterator[Span]:
        numbers = self.lattice.sentence
        return (span for span in self.spans(name) if numbers[span.start] == sentence)

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
    asked = frozenset(word.sentence for word in words if word.asks)
    return Context(words, lattice, signs, speaker, asked)
