"""A text as the words of the lists: the cheap first look, and the lattice for texts that deserve a second.

The first look asks only whether any telling word is there; most messages end with it.
"""

from __future__ import annotations

from typing import NamedTuple

from bot.screening.lists import Lists
from bot.screening.normalise.fold import Folded
from bot.screening.normalise.tokens import SHORTEST_SPACED, WORD, Piece, cut
from bot.screening.trie import Lattice, walk

OTHERS = frozenset({"{other}", "{kin}", "{relative}", "{you}", "{people}"})
"""What names somebody else."""


class Word(NamedTuple):
    """A word of the lists, or a word that they do not know, and where it stood."""

    text: str
    start: int
    end: int
    sentence: int
    asks: bool
    how: str


def tells(folded: Folded, lists: Lists) -> bool:
    """Whether any phrase can match at all: one rests on a word that is there, and all its parts have a carrier."""
    lexicon = lists.lexicon
    carried = 0
    needs: list[tuple[int, ...]] = []
    before, known, single = "", True, 0
    for written in WORD.findall(folded.text):
        reading = lexicon.read(written)
        if len(written) == 1:
            single += 1
            if single >= SHORTEST_SPACED:
                return True
        else:
            single = 0
        if reading.known:
            carried |= reading.carries
            if reading.needs:
                needs.append(reading.needs)
        if before:
            joined = lexicon.joined(before, written, words=reading.known and known)
            if joined is not None:
                carried |= joined.carries
                needs.append(joined.needs)
        before, known = written, reading.known
    missing = ~carried
    return any(not need & missing for each in needs for need in each)


def words_of(folded: Folded, lists: Lists) -> list[Word]:
    """Every word, read by the lexicon, in order."""
    words: list[Word] = []
    sentence = 0
    before: Piece | None = None
    known = True
    for piece in cut(folded):
        sentence += piece.opens
        reading = lists.lexicon.read(piece.text)
        start = piece.start
        if before is not None:
            joined = lists.lexicon.joined(before.text, piece.text, words=reading.known and known)
            if joined is not None:
                words.pop()
                reading, start = joined, before.start
        before, known = piece, reading.known
        words.extend(Word(text, start, piece.end, sentence, piece.asks, reading.how) for text in reading.words)
    return words


def lattice_of(words: list[Word], lists: Lists) -> Lattice:
    """The words with every symbol that they satisfy, alone and together."""
    symbols = lists.symbols
    edges = [[(symbol, place + 1) for symbol in symbols.get(word.text, ())] for place, word in enumerate(words)]
    length = [0] * (words[-1].sentence + 1 if words else 0)
    for word in words:
        length[word.sentence] += 1
    lattice = Lattice(
        edges=edges,
        fillers=[word.text in lists.fillers for word in words],
        bars=[("{not}", place + 1) in edges[place] for place in range(len(words))],
        persons=[not OTHERS.isdisjoint(symbol for symbol, _ in edges[place]) for place in range(len(words))],
        sentence=[word.sentence for word in words],
        length=length,
    )
    for trie in lists.slot_tries:
        for symbol, start, end in list(walk(trie, lattice)):
            lattice.add(symbol, start, end)
    return lattice
