"""The signs around a match, found when they are asked for: who, not, when, and in what frame.

Gathers where the reserved slots stand; what they mean for a match is decided in polarity, person, time and frame.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from bot.screening.lattice import Lattice
from bot.screening.lists import FrameRule, Lists

LONGEST_SIGN = 8
"""Words of the longest sign: how far before a window one may begin that reaches into it."""


Span = tuple[int, int]
"""First word, word after the last."""


NONE: list[Span] = []


class Context:
    def __init__(self, lattice: Lattice, lists: Lists, speaker: str) -> None:
        self.lattice = lattice
        self.words = lattice.words
        self.speaker = speaker
        self._lists = lists
        self._signs = {name: sorted(found) for name, found in self._found().items() if found}
        self._sentences: dict[str, frozenset[int]] = {}

    def _found(self) -> dict[str, set[Span]]:
        """All signs at once, word by word: most words are none, and most signs are not in a text."""
        found: dict[str, set[Span]] = {}
        signs = self._lists.signs
        for word, places in self.lattice.places.items():
            for name, course in signs.get(word, ()):
                if course is None:
                    found.setdefault(name, set()).update([(place, place + 1) for place in places])
                else:
                    found.setdefault(name, set()).update(self.lattice.matches(course))
        return found

    @cached_property
    def frames(self) -> list[FrameRule]:
        """Those with a sign in the text, and nothing that speaks against them."""
        signs = self._signs
        return [f for f in self._lists.frames if f"frame {f.name}" in signs and f"unless {f.name}" not in signs]

    def spans(self, name: str) -> list[Span]:
        """Where the signs of a reserved slot stand, in the order of the text."""
        return self._signs.get(name, NONE)

    def between(self, name: str, low: int, high: int) -> list[Span]:
        """Those that begin at word `low` or behind it, and before word `high`."""
        spans = self.spans(name)
        return spans[bisect_left(spans, (low,)) : bisect_left(spans, (high,))] if spans else spans

    def ends_at(self, name: str, place: int) -> bool:
        """Whether one ends right before word `place`."""
        return any(behind == place for _, behind in self.between(name, place - LONGEST_SIGN, place))

    def said_in(self, name: str, sentence: int) -> bool:
        if name not in self._sentences:
            self._sentences[name] = frozenset(self.sentence_of(start) for start, _ in self.spans(name))
        return sentence in self._sentences[name]

    def same_clause(self, first: int, second: int) -> bool:
        """Whether no comma or the like stands between two words."""
        return self.words.clauses[first] == self.words.clauses[second]

    def is_asked(self, place: int) -> bool:
        return self.words.sentences[place] in self.words.asked

    def sentence_of(self, place: int) -> int:
        return self.words.sentences[place]
