"""Finding phrases the slow and plain way, word by word: what the fast way must agree with.

Asks nothing of bits, rests or prefilters: every phrase is tried at every word.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.screening.compile import Compiler
from bot.screening.lattice import CLIPPED, LONGEST_GAP, LONGEST_SKIP
from bot.screening.lists import Lists
from bot.screening.normalise.fold import fold
from bot.screening.pattern import GAPS, OWN_GAP, Sequence
from bot.screening.words import Words

Fits = set[tuple[str, int, int]]
"""Rules by name, their first word, and the word after their last."""


class Reference:
    def __init__(self, lists: Lists) -> None:
        compiler = Compiler(lists.sources)
        compiler.compile(lists.version)
        self.lists = lists
        self.slots = compiler.slots
        self.rules = compiler.rules
        self.symbols = compiler.vocabulary.symbols

    def fits(self, text: str) -> Fits:
        """All rules that fit, those that idioms take among them."""
        look = Look(self, text)
        return {
            (rule.name, start, end)
            for sequence, rule in self.rules
            for start in range(len(look.texts))
            for end in look.walk(sequence, start)
            if not rule.closes or look.closed(end)
        }


class Look:
    """One text."""

    def __init__(self, reference: Reference, text: str) -> None:
        words = Words(fold(text).text, reference.lists.lexicon)
        self.texts, self._sentences, self._clauses = words.texts, words.sentences, words.clauses
        self._reference = reference
        self._lists = reference.lists
        self._known: dict[tuple[str, int], set[int]] = {}

    def _ends(self, symbol: str, start: int) -> set[int]:
        """Where a symbol ends that begins at a word."""
        if (symbol, start) not in self._known:
            found = set()
            if start < len(self.texts) and symbol in self._reference.symbols.get(self.texts[start], ()):
                found.add(start + 1)
            for sequence in self._reference.slots.get(symbol, ()):
                found |= self.walk(sequence, start)
            self._known[symbol, start] = found
        return self._known[symbol, start]

    def walk(self, sequence: Sequence, start: int) -> set[int]:
        """Where a phrase ends that begins at a word."""
        reached, gap = self._ends(sequence[0], start), ""
        for symbol in sequence[1:]:
            if symbol in GAPS:
                gap = symbol
                continue
            reached = {end for at in reached for place in self._next(at, gap) for end in self._ends(symbol, place)}
            gap = ""
        return reached

    def _next(self, at: int, gap: str) -> Iterator[int]:
        """The words with which a phrase may go on that has come up to this one."""
        for place in range(at, at + (LONGEST_GAP if gap else LONGEST_SKIP) + 1):
            if place >= len(self.texts) or not self._linked(place):
                return
            yield place
            if not self._passable(place, gap):
                return

    def _linked(self, place: int) -> bool:
        ended = range(self._sentences[place - 1], self._sentences[place])
        return all(self._sentences.count(sentence) <= CLIPPED for sentence in ended)

    def _passable(self, place: int, gap: str) -> bool:
        word = self.texts[place]
        if not gap:
            return word in self._lists.fillers
        if self._sentences[place - 1] != self._sentences[place] or word in self._lists.negations:
            return False
        return gap != OWN_GAP or word not in self._lists.others

    def closed(self, end: int) -> bool:
        part = self._clauses[end - 1]
        behind = [word for word, clause in zip(self.texts[end:], self._clauses[end:], strict=True) if clause == part]
        return all(word in self._lists.fillers for word in behind)
