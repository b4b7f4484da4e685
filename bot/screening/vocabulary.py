"""The words of all lists, in the forms in which messages are read: respelled, inflected, with their endings.

Built while phrases are compiled; says by word which symbols of phrases it satisfies.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.screening import inflect
from bot.screening.normalise.fold import fold
from bot.screening.normalise.tokens import cut
from bot.screening.pattern import Sequence
from bot.screening.source import Entry, Source

SHORTEST_BASE = 4
"""Letters before an ending: `punya` is no `pu` with `-nya`."""

PLAIN = re.compile(r"[a-z]+")
"""What needs no folding and no cutting, as most words of the lists."""


class Vocabulary:
    """Gathers words. `fault` is told of what cannot be."""

    def __init__(self, sources: tuple[Source, ...], fault: Callable[[Entry, str, str], None]) -> None:
        self._sources = sources
        self._fault = fault
        self._literals: dict[str, list[str]] = {}
        """By word as written: the words that are meant."""
        self._told: set[str] = set()
        """Those that phrases hold, each a symbol."""
        self.spellings: dict[str, tuple[str, ...]] = {}
        self.symbols: dict[str, set[str]] = {}
        """By word: the symbols that it satisfies."""
        self.forms: dict[str, frozenset[str]] = {}
        """By symbol: the words that satisfy it, where they are more than itself."""
        self.endings = tuple(entry.text for source in sources for entry in source.endings)
        for source in sources:
            self._read_spellings(source)

    def _read_spellings(self, source: Source) -> None:
        for meant, written in source.spellings:
            words = tuple(_words(meant.text))
            pieces = _words(written.text)
            if len(pieces) != 1:
                self._fault(written, f"the spelling '{written.text}' is not one word", "Put it into a slot instead")
                continue
            before = self.spellings.setdefault(pieces[0], words)
            if before != words:
                message = f"'{written.text}' already stands for '{' '.join(before)}'"
                self._fault(written, message, "Keep one of the two")

    def words(self, entries: Iterable[Entry]) -> set[str]:
        """The plain words of simple lists."""
        return {word for entry in entries for word in self._meant(entry.text)}

    def literal(self, written: str) -> list[str]:
        """The words that a word of a phrase means; each satisfies itself."""
        if written not in self._told:
            for word in self._meant(written):
                self.symbols.setdefault(word, set()).add(word)
            self._told.add(written)
        return self._literals[written]

    def _meant(self, written: str) -> list[str]:
        if written not in self._literals:
            self._literals[written] = [word for piece in _words(written) for word in self._respelled(piece)]
        return self._literals[written]

    def _respelled(self, word: str) -> Sequence:
        return self.spellings.get(word) or self.spellings.get(word.replace("'", "")) or (word,)

    def inflected(self, symbol: str, grammar: str) -> None:
        """Makes all forms of `~word` satisfy it."""
        grammars = inflect.PASSIVES if symbol.startswith("~~") else inflect.GRAMMARS
        self.forms[symbol] = grammars.get(grammar, inflect.none)(fold(symbol.lstrip("~")).text)
        for form in self.forms[symbol]:
            self.symbols.setdefault(form, set()).add(symbol)

    def spread(self, slots: dict[str, list[Sequence]]) -> None:
        """Lets single words satisfy the slots that list them, in all their forms and with their endings."""
        for name, found in slots.items():
            for sequence in found:
                if len(sequence) == 1 and sequence[0][0] != "{":
                    for form in self.forms.get(sequence[0], sequence):
                        self.symbols.setdefault(form, set()).add(name)
        self._spread_endings()

    def _spread_endings(self) -> None:
        """Where a list names `talinya` itself, it still counts as `tali` too."""
        fillers = {entry.text for source in self._sources for entry in source.fillers}
        for word, symbols in self.symbols.items():
            for ending in () if word in fillers else self.endings:
                base = word.removesuffix(ending)
                if base != word and len(base) >= SHORTEST_BASE and base in self.symbols:
                    symbols.update(self.symbols[base])
                    self.forms[base] = self.forms.get(base, frozenset({base})) | {word}

    def by_symbol(self) -> dict[str, set[str]]:
        """By symbol: the single words that satisfy it."""
        found: dict[str, set[str]] = {}
        for word, symbols in self.symbols.items():
            for symbol in symbols:
                found.setdefault(symbol, set()).add(word)
        return found

    def common(self) -> dict[str, int]:
        """Each common word with its place in its list."""
        places: dict[str, int] = {}
        for source in self._sources:
            for place, entry in enumerate(source.common):
                for word in self.words([entry]):
                    places[word] = min(place, places.get(word, place))
        return places

    def fillers(self) -> frozenset[str]:
        """Small words and endings, which may stand anywhere inside a phrase."""
        return frozenset(self.words(entry for source in self._sources for entry in source.fillers)) | {*self.endings}

    def ordinary(self) -> set[str]:
        return self.words(entry for source in self._sources for entry in source.ordinary)


def _words(written: str) -> list[str]:
    """As a message with these words would be cut."""
    return [written] if PLAIN.fullmatch(written) else cut(fold(written).text).texts
