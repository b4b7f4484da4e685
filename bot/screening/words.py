"""A text as the words of the lists: the cheap first look, and the lattice for texts that deserve a second.

The first look asks only whether any telling word is there; most messages end with it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from bot.screening.lexicon import Reading
from bot.screening.lists import Lists
from bot.screening.normalise.fold import Folded
from bot.screening.normalise.tokens import SHORTEST_SPACED, WORD, Piece, cut
from bot.screening.telling import Signs
from bot.screening.trie import CLIPPED, Lattice, walk

OTHERS = frozenset({"{other}", "{kin}", "{relative}", "{you}", "{people}"})
"""What names somebody else."""


class Word(NamedTuple):
    """A word of the lists, or a word that they do not know, and where it stood."""

    text: str
    start: int
    end: int
    sentence: int
    clause: int
    asks: bool
    how: str


def tells(folded: Folded, lists: Lists) -> bool:
    """Whether any phrase can match at all: one rests on a word that is there, and all its parts can stand."""
    lexicon = lists.lexicon
    written = WORD.findall(folded.text)
    readings = [lexicon.read(word) for word in written]
    broken = [pair for pair in pairwise(written) if pair[0] + pair[1] in lexicon.breakable]
    if broken:
        parts = (lexicon.joined(*pair, words=False) for pair in broken)
        readings.extend(part for part in parts if part is not None)
    return _spaced(written) or _met(readings, lexicon.signs)


def _spaced(written: list[str]) -> bool:
    """Whether single letters stand in a row, which may be a word that was spaced out."""
    if sum(len(word) == 1 for word in written) < SHORTEST_SPACED:
        return False
    row = 0
    for word in written:
        row = row + 1 if len(word) == 1 else 0
        if row >= SHORTEST_SPACED:
            return True
    return False


def _met(readings: list[Reading], signs: Signs) -> bool:
    """Whether the needs of any phrase are met: by bits first, and only where those fit, part by part."""
    carried = 0
    for reading in readings:
        carried |= reading.carries
    missing = ~carried
    fitting = {need for reading in readings if reading.needs for need in reading.needs if not need.mask & missing}
    if not fitting:
        return False
    words = frozenset(word for reading in readings for word in reading.words)
    stands: dict[str, bool] = {}
    return any(all(signs.stands(part, words, stands) for part in need.parts) for need in fitting)


def words_of(folded: Folded, lists: Lists) -> list[Word]:
    """Every word, read by the lexicon, in order."""
    words: list[Word] = []
    sentence = clause = 0
    before: Piece | None = None
    known = True
    for piece in cut(folded):
        sentence += piece.opens
        clause += piece.clause
        reading = lists.lexicon.read(piece.text)
        start = piece.start
        if before is not None:
            joined = lists.lexicon.joined(before.text, piece.text, words=reading.known and known)
            if joined is not None:
                words.pop()
                reading, start = joined, before.start
        before, known = piece, reading.known
        words.extend(Word(text, start, piece.end, sentence, clause, piece.asks, reading.how) for text in reading.words)
    return words


def lattice_of(words: list[Word], lists: Lists) -> Lattice:
    """The words with every symbol that they satisfy, alone and together."""
    symbols = lists.symbols
    edges = [[(symbol, place + 1) for symbol in symbols.get(word.text, ())] for place, word in enumerate(words)]
    length = [0] * (words[-1].sentence + 1 if words else 0)
    for word in words:
        length[word.sentence] += 1
    sentence = [word.sentence for word in words]
    bars = [("{not}", place + 1) in edges[place] for place in range(len(words))]
    lattice = Lattice(
        edges=edges,
        fillers=[word.text in lists.fillers for word in words],
        linked=[place == 0 or _goes_on(sentence[place - 1], sentence[place], length) for place in range(len(words))],
        inner=[place > 0 and sentence[place - 1] == sentence[place] and not bars[place] for place in range(len(words))],
        persons=[any(symbol in OTHERS for symbol, _ in found) for found in edges],
        bars=bars,
        clause=[word.clause for word in words],
        sentence=sentence,
    )
    for trie in lists.slot_tries:
        for symbol, start, end in walk(trie, lattice):
            lattice.add(symbol, start, end)
    return lattice


def _goes_on(before: int, sentence: int, length: list[int]) -> bool:
    """Whether a phrase may pass the end of a sentence: only where a clipped one ends: "Bye. I am ..." """
    return all(length[between] <= CLIPPED for between in range(before, sentence))
