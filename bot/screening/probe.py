"""Builds a text from a phrase and looks whether the phrase finds it: what an author wrote in vain comes to light."""

from __future__ import annotations

from collections.abc import Iterator

from bot.screening import pattern
from bot.screening.fitting import fitting
from bot.screening.lattice import Lattice
from bot.screening.lists import Lists
from bot.screening.normalise.fold import fold
from bot.screening.pattern import GAPS, BadPhraseError
from bot.screening.source import Phrase
from bot.screening.words import Words

TRIES = 4
"""Choices of words for a phrase's slots: one unlucky pair of words must not condemn the phrase."""
DEEPEST = 6
"""Slots within slots; lists that nest deeper have a circle, which is a fault of its own."""


class Probe:
    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._slots: dict[str, list[str]] = {}
        for source in lists.sources:
            for name, entries in source.slots.items():
                self._slots.setdefault("{" + name + "}", []).extend(entry.text for entry in entries)
        self._forms = {
            symbol: min(meaning.words)
            for symbol, meaning in lists.meanings.items()
            if symbol[0] == "~" and meaning.words
        }

    def trouble(self, phrase: Phrase) -> str:
        """Why the phrase cannot match, or nothing."""
        try:
            readings = pattern.sequences(phrase.text)
        except BadPhraseError:
            return ""  # told already
        texts = [
            text for reading in readings[:TRIES] for choice in range(TRIES) for text in self._text(reading, choice)
        ]
        if not texts:
            return "a slot is empty"
        if any(self._finds(phrase, text) for text in texts):
            return ""
        return "an idiom or another spelling takes its words away"

    def _finds(self, phrase: Phrase, text: str) -> bool:
        words = Words(fold(text).text, self._lists.lexicon)
        found = fitting(words.rules(), Lattice(words, self._lists))
        return any(rule.place == phrase.place for rule, _, _ in found)

    def _text(self, reading: pattern.Sequence, choice: int) -> Iterator[str]:
        words = [self._word(symbol, choice, 0) for symbol in reading if symbol not in GAPS]
        if all(words):
            yield " ".join(words)

    def _word(self, symbol: str, choice: int, depth: int) -> str:
        """Some words for a symbol; empty if there are none."""
        if "/" in symbol:
            parts = symbol.split("/")
            return self._word(" ".join(pattern.bound(parts[choice % len(parts)])), choice, depth)
        if symbol[0] == "~":
            return self._forms.get(symbol, "")
        if symbol[0] != "{":
            return symbol
        entries = self._slots.get(symbol, [])
        if not entries or depth > DEEPEST:
            return ""
        try:
            reading = min(pattern.sequences(entries[choice % len(entries)]), key=len)
        except BadPhraseError:
            return ""
        words = [self._word(part, choice, depth + 1) for part in reading if part not in GAPS]
        return " ".join(words) if all(words) else ""
