"""A text as the words of the lists. Where sentences and their parts end is looked at when it is first asked.

Most texts are done with once their words are read: no phrase can match them.
"""

from __future__ import annotations

from functools import cached_property
from operator import add

from bot.screening.lexicon import Lexicon
from bot.screening.normalise.tokens import Pieces, has_spaced, is_one, spans_of, written
from bot.screening.reading import Reading
from bot.screening.rule import Idiom, Rule
from bot.screening.telling import Group

DROPPED = Reading((), known=True)
"""The first part of a word that was written in two; the second is read as the whole."""


class Words:
    """Words of the lists, and words that they do not know, each with its number in the text."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._texts: list[str] | None = None
        self._cut: Pieces | None = None
        self._numbered: tuple[list[int], list[int]] | None = None
        pieces = self._written = written(text)
        self._is_plain = "@" not in text and not has_spaced(pieces)
        if not self._is_plain:
            pieces = self._pieces.texts  # without mentions, and with spaced-out letters put together
        self._readings = list(map(lexicon.read, pieces))
        self._joined: list[int] = []
        """Pieces that were read together with the one before."""
        if not lexicon.breakable.isdisjoint(map(add, pieces, pieces[1:])):
            self._join(pieces, lexicon)
        touched = 0
        for reading in self._readings:
            touched |= reading.touches
        self.missing = lexicon.signs.every ^ touched
        """The bits of symbols that can stand nowhere in the text. (Not `~touched`: negative numbers are slow.)"""

    def _join(self, pieces: list[str], lexicon: Lexicon) -> None:
        readings = self._readings
        for place, word in enumerate(map(add, pieces, pieces[1:])):
            if word in lexicon.breakable:
                together = lexicon.joined(word, words=readings[place].known and readings[place + 1].known)
                if together is not None:
                    readings[place], readings[place + 1] = DROPPED, together
                    self._joined.append(place + 1)

    def rules(self) -> list[Group[Rule]]:
        """The phrases that may match: one rests on a word that is there, and all its parts may be."""
        missing = self.missing
        return [group for reading in self._readings for group in reading.rules if not group.mask & missing]

    def idioms(self) -> list[Group[Idiom]]:
        """The same of idioms."""
        missing = self.missing
        return [group for reading in self._readings for group in reading.idioms if not group.mask & missing]

    @property
    def texts(self) -> list[str]:
        if self._texts is None:
            self._texts = [word for reading in self._readings for word in reading.words]
        return self._texts

    def of_pieces(self) -> list[int]:
        """For each word, the number of the piece of the text that was read as it."""
        return [number for number, reading in enumerate(self._readings) for _ in reading.words]

    def how(self, piece: int) -> str:
        """How a piece was read, if it was not written plainly."""
        return self._readings[piece].how

    def spans(self) -> list[tuple[int, int]]:
        """Where each piece begins and ends in the folded text."""
        spans = spans_of(self._text) if self._is_plain else self._pieces.spans()
        for place in self._joined:
            spans[place] = spans[place - 1][0], spans[place][1]
        return spans

    @property
    def sentences(self) -> list[int]:
        """The number of the sentence in which a word stands."""
        return self._numbers[0]

    @property
    def clauses(self) -> list[int]:
        """The number of the part of a sentence."""
        return self._numbers[1]

    @property
    def _numbers(self) -> tuple[list[int], list[int]]:
        if self._numbered is None:
            if is_one(self._text):
                numbers = [0] * len(self.texts)
                self._numbered = numbers, numbers
            else:
                self._numbered = self._each(self._pieces.sentences()), self._each(self._pieces.clauses())
        return self._numbered

    @cached_property
    def asked(self) -> frozenset[int]:
        """Sentences with a question mark right behind a word."""
        sentences = self._pieces.sentences()
        return frozenset(sentences[place] for place in self._pieces.asked())

    @property
    def _pieces(self) -> Pieces:
        if self._cut is None:
            self._cut = Pieces(self._text, self._written)
        return self._cut

    def _each(self, of_pieces: list[int]) -> list[int]:
        """What is known of a piece, for each of its words."""
        return [known for known, reading in zip(of_pieces, self._readings, strict=True) for _ in reading.words]
