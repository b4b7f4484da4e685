"""A text as the words of the lists. Where sentences and their parts end is looked at when it is first asked.

Most texts are done with once their words are read: no phrase can match them.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from operator import add

from bot.screening.lexicon import Lexicon, Reading
from bot.screening.normalise.tokens import Pieces, has_spaced, written
from bot.screening.rule import Rule
from bot.screening.telling import Group

DROPPED = Reading((), 0, 0, (), True)
"""The first part of a word that was written in two; the second is read as the whole."""


class Words:
    """Words of the lists, and words that they do not know, each with its number in the text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        pieces = self._written = written(text)
        if "@" in text or has_spaced(pieces):
            pieces = self._pieces.texts  # without mentions, and with spaced-out letters put together
        self._readings = list(map(lexicon.read, pieces))
        self._joined: list[int] = []
        """Pieces that were read together with the one before."""
        self.carries = 0
        """The bits of all parts of phrases that the words can stand for."""
        if not lexicon.breakable.isdisjoint(map(add, pieces, pieces[1:])):
            self._join(pieces, lexicon)

    def _join(self, pieces: list[str], lexicon: Lexicon) -> None:
        readings = self._readings
        for place, (first, second) in enumerate(pairwise(pieces)):
            together = lexicon.joined(first, second, words=readings[place].known and readings[place + 1].known)
            if together is not None:
                readings[place], readings[place + 1] = DROPPED, together
                self._joined.append(place + 1)

    def touches(self) -> int:
        """The bits of all symbols that can stand somewhere in the text."""
        touched = 0
        for reading in self._readings:
            touched |= reading.touches
        return touched

    def groups(self) -> list[Group[Rule]]:
        """The phrases that may match: one rests on a word that is there, and something carries all its parts."""
        for reading in self._readings:
            self.carries |= reading.carries
        missing = ~self.carries
        return [group for reading in self._readings for group in reading.groups if not group.mask & missing]

    def texts(self) -> list[str]:
        return [word for reading in self._readings for word in reading.words]

    @cached_property
    def hows(self) -> list[str]:
        """How each word was read, where it was not written plainly."""
        return [reading.how for reading in self._readings for _ in reading.words]

    @cached_property
    def starts(self) -> list[int]:
        """Places in the folded text."""
        starts = self._pieces.starts()
        for place in self._joined:
            starts[place] = starts[place - 1]
        return self._each(starts)

    @cached_property
    def ends(self) -> list[int]:
        return self._each(self._pieces.ends())

    @cached_property
    def sentences(self) -> list[int]:
        """The number of the sentence in which a word stands."""
        return self._each(self._pieces.sentences())

    @cached_property
    def clauses(self) -> list[int]:
        """The number of the part of a sentence."""
        return self._each(self._pieces.clauses())

    @cached_property
    def asked(self) -> frozenset[int]:
        """Sentences with a question mark right behind a word."""
        sentences = self._pieces.sentences()
        return frozenset(sentences[place] for place in self._pieces.asked())

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self._text, self._written)

    def _each(self, of_pieces: list[int]) -> list[int]:
        """What is known of a piece, for each of its words."""
        return [known for known, reading in zip(of_pieces, self._readings, strict=True) for _ in reading.words]
