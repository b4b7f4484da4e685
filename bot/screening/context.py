"""The signs around a match, found when they are asked for: who, not, when, and in what frame.

Gathers where the reserved slots stand; what they mean for a match is decided in polarity, person, time and frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from operator import add

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
        """Those with a sign in the text, all that they need beside it, and nothing that speaks against them."""
        signs = self._signs
        return [
            f
            for f in self._lists.frames
            if f"frame {f.name}" in signs
            and f"unless {f.name}" not in signs
            and (not f.needs_company or f"with {f.name}" in signs)
        ]

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

    @cached_property
    def _parts(self) -> list[int]:
        """The number of the part of a sentence; few write commas, and "terus" or "but" begins one too."""
        return self._begun_at({first for first, _ in self.spans("joins")})

    @cached_property
    def _statements(self) -> list[int]:
        """The same, and "aku" begins one, unless it belongs to a sign of the past ("when i was")."""
        within = {place for first, behind in self.spans("past") for place in range(first + 1, behind)}
        return self._begun_at({first for name in ("joins", "self") for first, _ in self.spans(name)} - within)

    def _begun_at(self, begins: set[int]) -> list[int]:
        clauses = self.words.clauses
        return list(map(add, clauses, accumulate(place in begins for place in range(len(clauses)))))

    def same_part(self, first: int, second: int) -> bool:
        """Whether neither a comma nor a word like "but" stands between two words."""
        return self._parts[first] == self._parts[second]

    def same_statement(self, first: int, second: int) -> bool:
        """Whether two words, if there are such, belong to one thing that the writer says."""
        numbers = self._statements
        return 0 <= first < len(numbers) and 0 <= second < len(numbers) and numbers[first] == numbers[second]

    def statement_around(self, place: int) -> range:
        return _around(place, self._statements)

    def clause_around(self, place: int) -> range:
        return _around(place, self.words.clauses)

    def is_asked(self, place: int) -> bool:
        return self.words.sentences[place] in self.words.asked

    def sentence_of(self, place: int) -> int:
        return self.words.sentences[place]


def _around(place: int, numbers: list[int]) -> range:
    """The words with the same number as this one; numbers never fall."""
    return range(bisect_left(numbers, numbers[place]), bisect_right(numbers, numbers[place]))
