"""What a text must hold before any phrase can match: the cheap first question asked of every message.

Each part of a phrase is carried by certain words, and a phrase can match only where every part has a carrier. Parts
are bits: a word carries some, a phrase needs some, and a phrase is looked up only by its rarest part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.screening.pattern import GAPS, Sequence

MOST_COMMON = 1000.0
"""What the first word of a `common` list costs, against 1 for a word of none. The n-th costs an n-th of it (Zipf)."""
BITS = 509
"""Parts share this many bits, a prime; two on one bit only cost a needless second look."""


class Need(NamedTuple):
    """What a phrase needs: its parts, and the same as bits."""

    mask: int
    parts: frozenset[str]


class Signs(NamedTuple):
    """The tables of the first look."""

    carries: dict[str, int]
    """By word: the bits of all parts that it can stand for."""
    needs: dict[str, tuple[Need, ...]]
    """By telling word: what the phrases that rest on it need beside it."""
    entries: dict[str, dict[str, tuple[Sequence, ...]]]
    """By slot and word: the slot's entries that rest on the word."""
    forms: Mapping[str, frozenset[str]]
    """By inflected symbol: its words."""

    def stands(self, part: str, words: frozenset[str], known: dict[str, bool]) -> bool:
        """Whether a part can stand with these words, all of them. `known` keeps what was found for a text."""
        if part not in known:
            known[part] = False  # while it is being found, for slots that nest in a circle
            entries = self.entries.get(part)
            if entries is None:
                known[part] = not self.forms.get(part, frozenset({part})).isdisjoint(words)
            else:
                known[part] = any(
                    all(symbol in GAPS or self.stands(symbol, words, known) for symbol in sequence)
                    for word in entries.keys() & words
                    for sequence in entries[word]
                )
        return known[part]


class Anchors:
    """Takes one sequence after the other; `signs` gives the tables."""

    def __init__(
        self, slots: Mapping[str, list[Sequence]], forms: Mapping[str, frozenset[str]], common: Mapping[str, int]
    ) -> None:
        self._slots = slots
        self._forms = forms
        self._common = common
        self._carriers: dict[str, tuple[float, frozenset[str]]] = {}
        self._bits: dict[str, int] = {}
        self._needs: dict[str, set[Need]] = {}
        self._entries: dict[str, dict[str, tuple[Sequence, ...]]] = {}

    def add(self, sequence: Sequence) -> None:
        parts = [symbol for symbol in sequence if symbol not in GAPS]
        mask = 0
        for symbol in parts:
            mask |= self._bit(symbol)
        for word in min((self._carried(symbol) for symbol in parts), key=lambda carried: carried[0])[1]:
            self._needs.setdefault(word, set()).add(Need(mask, frozenset(parts)))

    def signs(self) -> Signs:
        carries: dict[str, int] = {}
        for symbol, bit in self._bits.items():
            for word in self._carried(symbol)[1]:
                carries[word] = carries.get(word, 0) | bit
        needs = {word: _fewest(found) for word, found in self._needs.items()}
        return Signs(carries, needs, self._entries, self._forms)

    def _bit(self, symbol: str) -> int:
        if symbol not in self._bits:
            self._bits[symbol] = 1 << (len(self._bits) % BITS)
        return self._bits[symbol]

    def _carried(self, symbol: str) -> tuple[float, frozenset[str]]:
        """The words without which the symbol cannot stand, and how common they are together."""
        if symbol not in self._carriers:
            self._carriers[symbol] = (
                MOST_COMMON,
                frozenset(),
            )  # while it is being found, for slots that nest in a circle
            if symbol[0] == "{":
                entries: dict[str, tuple[Sequence, ...]] = {}
                for sequence in self._slots.get(symbol, ()):
                    for word in self._rarest(sequence)[1]:
                        entries[word] = (*entries.get(word, ()), sequence)
                self._entries[symbol] = entries
                words = frozenset(entries)
            else:
                words = self._forms.get(symbol, frozenset({symbol}))
            self._carriers[symbol] = (sum(map(self._cost, words)), words)
        return self._carriers[symbol]

    def _cost(self, word: str) -> float:
        """How often a word is met, as far as the `common` lists tell by the order of their words."""
        place = self._common.get(word)
        return 1.0 if place is None else 1.0 + MOST_COMMON / (place + 1)

    def _rarest(self, sequence: Sequence) -> tuple[float, frozenset[str]]:
        return min((self._carried(symbol) for symbol in sequence if symbol not in GAPS), key=lambda carried: carried[0])


def _fewest(needs: set[Need]) -> tuple[Need, ...]:
    """Without those that another one implies: who needs more is met only where who needs less is."""
    kept: list[Need] = []
    for need in sorted(needs, key=lambda need: (len(need.parts), sorted(need.parts))):
        if not any(other.parts <= need.parts for other in kept):
            kept.append(need)
    return tuple(kept)
