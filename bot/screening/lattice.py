"""The words of one text, and what stands where: each symbol is looked for only when a phrase asks for it.

    where("{want}") = {1: 0b100, 2: 0b1}      something that `{want}` lists is word 2, and another words 0 and 1

Places are the bits of a number, so that one step takes a phrase on from everywhere at once. A phrase passes over
fillers, over any word inside a gap, and over the end of a sentence only between clipped sentences ("aku" · "pengen" ·
"mati"). Every limit is a constant: the number of steps does not depend on the length of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.screening.lists import Lists
from bot.screening.pattern import GAP, LOOSE, STRICT
from bot.screening.telling import NOTHING, Course
from bot.screening.words import Words

LONGEST_SKIP, LONGEST_GAP = 4, 5
"""Words that fillers in a row, and one gap, may span."""
CLIPPED = 3
"""Words of a sentence so short that its end does not break a phrase."""

Where = Mapping[int, int]
"""By how many words it takes: the places of the first, as bits."""
NOWHERE: Where = {}


Way = tuple[int, int, int]
"""How a phrase may go on: how many words it may pass at most; and as bits, to which words it may go on from the one
before, and which it may pass.
"""


class Lattice:
    def __init__(self, words: Words, lists: Lists) -> None:
        self.words = words
        self.texts = words.texts
        self.places: dict[str, int] = {}
        """By word: where it stands, as bits."""
        places, bit = self.places, 1
        for word in self.texts:
            places[word] = places.get(word, 0) | bit
            bit <<= 1
        self._found: dict[str, Where] = {}
        """By symbol: where it stands, once it was asked for."""
        self.steps = 0
        """Counted so that tests can hold the cost to be linear."""
        self._all = bit - 1
        self._lists = lists
        self._meanings = lists.meanings
        self._missing = words.missing
        self._ways: dict[str, Way] = {}
        self._linked = -1
        """Words to which a phrase may go on from the word before, as bits, when it was asked for."""

    def where(self, symbol: str) -> Where:
        """Where a word, `~word` or `{slot}` stands."""
        found = self._found.get(symbol)
        return self._find(symbol) if found is None else found

    def _find(self, symbol: str) -> Where:
        self._found[symbol] = NOWHERE  # while it is being found, for slots that nest in a circle
        words, slots = self._meanings.get(symbol, NOTHING)
        places, missing = self.places, self._missing
        alone = 0
        longer = [self.where(slot) for slot in slots]
        for word in places.keys() & words.keys():
            for course in words[word]:
                if course is None:
                    alone |= places[word]
                elif not course.mask & missing:
                    longer.append(self.matches(course))
        found = {1: alone} if alone else {}
        for stands in longer:
            for width, starts in stands.items():
                found[width] = found.get(width, 0) | starts
        self._found[symbol] = found
        return found

    def _any_of(self, words: frozenset[str]) -> int:
        """Where one of some words stands."""
        places = 0
        for word in words.intersection(self.places):
            places |= self.places[word]
        return places

    def matches(self, course: Course) -> Where:
        """Where a phrase stands none of whose parts is missing."""
        _, parts, first, rest = course
        found = self._found
        for symbol in parts:
            stands = found.get(symbol)
            if stands is None:
                stands = self._find(symbol)
            if not stands:
                return NOWHERE
        reached = found[first]
        for step, symbol in rest:
            reached = self._further(reached, step, found[symbol])
            if not reached:
                return NOWHERE
        return reached

    def _further(self, reached: Where, step: str, where: Where) -> Where:
        """A phrase taken on by one part."""
        found: dict[int, int] = {}
        way = self._ways.get(step)
        if way is None:
            way = self._ways[step] = self._way(step)
        farthest, linked, passable = way
        for so_far, starts in reached.items():
            at = starts << so_far & linked
            passed = so_far
            while at:
                self.steps += 1
                for width, places in where.items():
                    hit = at & places
                    if hit:
                        taken = passed + width
                        found[taken] = found.get(taken, 0) | hit >> passed
                if passed - so_far == farthest:
                    break
                passed += 1
                at = (at & passable) << 1 & linked
        return found

    def _find_linked(self) -> int:
        """Words to which a phrase may go on from the word before: within a sentence, or where a clipped one ends:
        "Bye. I am ..."
        """
        sentences = self.words.sentences
        if sentences[0] == sentences[-1]:
            return self._all
        linked, length = self._all, Counter(sentences)
        for at in positions(self._begin_sentences()):
            if any(length[ended] > CLIPPED for ended in range(sentences[at - 1], sentences[at])):
                linked ^= 1 << at
        return linked

    def _begin_sentences(self) -> int:
        """Words that begin a sentence, but for the first."""
        sentences = self.words.sentences
        if sentences[0] == sentences[-1]:
            return 0
        return sum(1 << at for at in range(1, len(sentences)) if sentences[at - 1] != sentences[at])

    def _way(self, step: str) -> Way:
        """A few fillers may always be passed; inside a gap any word but a negation, within the sentence."""
        lists = self._lists
        if self._linked < 0:
            self._linked = self._find_linked()
        linked = self._linked
        if step == LOOSE:
            return LONGEST_SKIP, linked, self._any_of(lists.fillers)
        if step == STRICT:
            return 0, linked, 0
        barred = self._any_of(lists.negations) | self._begin_sentences()
        if step != GAP:
            barred |= self._any_of(lists.others)
        return LONGEST_GAP, linked, self._all & ~barred

    def begins(self, symbol: str, place: int) -> bool:
        """Whether something that the symbol stands for begins at word `place`."""
        return any(places >> place & 1 for places in self.where(symbol).values())

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
        for place in range(end, len(clauses)):
            if clauses[place] != clauses[end - 1]:
                break
            if not self.is_filler(place):
                return False
        return True


def positions(places: int) -> list[int]:
    """The numbers of the bits that are set, from the lowest."""
    if not places & (places - 1):
        return [places.bit_length() - 1] if places else []
    found = []
    bits = bin(places)[:1:-1]
    at = bits.find("1")
    while at >= 0:
        found.append(at)
        at = bits.find("1", at + 1)
    return found


def spans(where: Where) -> list[tuple[int, int]]:
    """First word, word after the last."""
    return [(start, start + width) for width, places in where.items() for start in positions(places)]
