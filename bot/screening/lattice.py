"""The words of one text, and what stands where: each symbol is looked for only when a phrase asks for it.

    spans("{want}") = {2: [3]}      at word 2 stands something that `{want}` lists, and it reaches up to word 3

A phrase passes over fillers, over any word inside a gap, and over the end of a sentence only between clipped
sentences ("aku" · "pengen" · "mati"). Every limit is a constant, so that the cost is linear in the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import takewhile

from bot.screening.lists import Lists
from bot.screening.pattern import GAP, GAPS, OWN_GAP
from bot.screening.telling import Course
from bot.screening.words import Words

LONGEST_SKIP, LONGEST_GAP = 4, 5
"""Words that fillers in a row, and one gap, may span."""
CLIPPED = 3
"""Words of a sentence so short that its end does not break a phrase."""

Spans = Mapping[int, list[int]]
"""By first word: the words after the last."""
NOWHERE: Spans = {}
LOOSE, STRICT = "loose", "strict"
"""How words follow each other where no gap is: with fillers between them, or, in an idiom, with nothing."""
FARTHEST = {LOOSE: LONGEST_SKIP, STRICT: 0, GAP: LONGEST_GAP, OWN_GAP: LONGEST_GAP}
"""Words that may be passed at most."""


class Lattice:
    def __init__(self, words: Words, lists: Lists) -> None:
        self.words = words
        self.texts = words.texts()
        self._lists = lists
        self._meanings = lists.lexicon.signs.meanings
        self.places: dict[str, list[int]] = {}
        """By word: where it stands."""
        for place, word in enumerate(self.texts):
            self.places.setdefault(word, []).append(place)
        self._untouched = ~words.touches()
        self._spans: dict[str, Spans] = {}
        self.steps = 0
        """Counted so that tests can hold the cost to be linear."""

    @cached_property
    def _length(self) -> Counter[int]:
        """Words of each sentence."""
        return Counter(self.words.sentences)

    def spans(self, symbol: str) -> Spans:
        """Where a word, `~word` or `{slot}` stands."""
        found = self._spans.get(symbol)
        if found is None:
            self._spans[symbol] = NOWHERE  # while it is being found, for slots that nest in a circle
            found = self._spans[symbol] = self._find(symbol)
        return found

    def _find(self, symbol: str) -> Spans:
        meaning = self._meanings.get(symbol)
        if meaning is None or meaning.bit & self._untouched:
            return NOWHERE
        places = self.places
        found = {place: [place + 1] for word in places.keys() & meaning.words for place in places[word]}
        if meaning.entries:
            for word in places.keys() & meaning.entries.keys():
                for course in meaning.entries[word]:
                    for start, end in self.matches(course):
                        ends = found.setdefault(start, [])
                        if end not in ends:
                            ends.append(end)
        return found

    def matches(self, course: Course, *, loose: bool = True) -> Iterable[tuple[int, int]]:
        """Where a phrase stands: first word, word after the last. Fillers are passed over when `loose`."""
        if course.mask & self._untouched or not all(map(self.spans, course.parts)):
            return ()
        sequence = course.sequence
        found = {(start, end) for start, ends in self.spans(sequence[0]).items() for end in ends}
        step = between = LOOSE if loose else STRICT
        for symbol in sequence[1:]:
            if symbol in GAPS:
                step = symbol
                continue
            spans = self.spans(symbol)
            self.steps += len(found)
            farthest = FARTHEST[step] + 1
            found = {
                (start, end)
                for start, at in found
                for place in range(at, at + farthest)
                if place in spans and self._reaches(at, place, step)
                for end in spans[place]
            }
            if not found:
                return ()
            step = between
        return found

    def _reaches(self, at: int, place: int, step: str) -> bool:
        """Whether a phrase that has come up to word `at` may go on with the word at `place`."""
        return all(self._linked(word) for word in range(at, place + 1)) and all(
            self._passable(word, step) for word in range(at, place)
        )

    def _linked(self, at: int) -> bool:
        """Whether a phrase may go on from the word before to this one: within a sentence, or where a clipped one ends:
        "Bye. I am ..."
        """
        before, sentence = self.words.sentences[at - 1 : at + 1]
        return before == sentence or all(self._length[between] <= CLIPPED for between in range(before, sentence))

    def _passable(self, at: int, step: str) -> bool:
        """A few fillers may always be passed; any word but a negation may inside a gap, within the sentence."""
        if step in GAPS:
            inner = self.words.sentences[at - 1] == self.words.sentences[at] and not self.barred(at)
            return inner and (step == GAP or self.texts[at] not in self._lists.others)
        return self.is_filler(at)

    def barred(self, place: int) -> bool:
        """Whether there is a word, and it is a negation by itself."""
        return 0 <= place < len(self.texts) and self.texts[place] in self._lists.negations

    def is_filler(self, place: int) -> bool:
        return self.texts[place] in self._lists.fillers

    def alone(self, start: int, end: int) -> bool:
        """Whether nothing but small words stands beside a match in the whole message."""
        beside = (*range(start), *range(end, len(self.words.clauses)))
        return all(self.is_filler(place) for place in beside)

    def closed(self, end: int) -> bool:
        """Whether a match that ends before word `end` is the last thing said in its part of the sentence."""
        clauses = self.words.clauses
        behind = takewhile(lambda place: clauses[place] == clauses[end - 1], range(end, len(clauses)))
        return all(self.is_filler(place) for place in behind)
