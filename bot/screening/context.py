"""The signs around a match, found when they are asked for: who, not, when, and in what frame.

Gathers where the reserved slots stand; what they mean for a match is decided in polarity, person, time and frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from operator import add

from bot.screening.lattice import Lattice, spans
from bot.screening.lists import Lists
from bot.screening.remembered import Remembered

PERSONS = ("self", "other", "people", "you")
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
        self.version = lists.version
        self.sentences = self.words.sentences
        """The number of the sentence, by word."""
        self.spans: Remembered[str, list[Span]] = Remembered(self._find)
        """By name of a reserved slot: where its signs stand, in the order of the text."""
        missing = lattice.words.missing
        self.spans.update([(name, NONE) for name, bit in lists.signs if bit & missing])
        self.frames = [
            frame
            for frame in lists.frames
            if not frame.bit & missing and self.spans[frame.sign] and not self.spans[frame.unless]
            if not frame.company or self.spans[frame.company]
        ]
        """Those with a sign in the text, all that they need beside it, and nothing that speaks against them."""
        self.named = [name for name in PERSONS if self.spans[name]]
        """Persons who are named anywhere in the text."""
        self._said: dict[str, frozenset[int]] = {}

    def _find(self, name: str) -> list[Span]:
        stands = self.lattice.where("{" + name + "}")
        return sorted(spans(stands)) if stands else NONE

    def between(self, name: str, low: int, high: int) -> list[Span]:
        """Those that begin at word `low` or behind it, and before word `high`."""
        found = self.spans[name]
        return found[bisect_left(found, (low,)) : bisect_left(found, (high,))] if found else found

    def ends_at(self, name: str, place: int) -> bool:
        """Whether one ends right before word `place`."""
        return any(behind == place for _, behind in self.between(name, place - LONGEST_SIGN, place))

    def said_in(self, name: str, sentence: int) -> bool:
        if name not in self._said:
            self._said[name] = frozenset(self.sentences[start] for start, _ in self.spans[name])
        return sentence in self._said[name]

    def same_clause(self, first: int, second: int) -> bool:
        """Whether no comma or the like stands between two words."""
        clauses = self.words.clauses
        return clauses[first] == clauses[second]

    @cached_property
    def _parts(self) -> list[int]:
        """The number of the part of a sentence; few write commas, and "terus" or "but" begins one too."""
        return self._begun_at({first for first, _ in self.spans["joins"]})

    @cached_property
    def _statements(self) -> list[int]:
        """The same, and "aku" begins one, unless it belongs to a sign of the past ("when i was")."""
        within = {place for first, behind in self.spans["past"] for place in range(first + 1, behind)}
        return self._begun_at({first for name in ("joins", "self") for first, _ in self.spans[name]} - within)

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
        return self.sentences[place] in self.words.asked

    def sentence_of(self, place: int) -> int:
        return self.sentences[place]


def _around(place: int, numbers: list[int]) -> range:
    """The words with the same number as this one; numbers never fall."""
    return range(bisect_left(numbers, numbers[place]), bisect_right(numbers, numbers[place]))
