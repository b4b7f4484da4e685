"""Which word of the lists a written word stands for: as it is, respelled, disguised, run together, or mistyped.

Every way is tried in the order of how sure it is. Results are remembered, since people use the same words over and
over: most words of a message cost one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

from bot.screening.normalise import letters
from bot.screening.reading import Reading
from bot.screening.remembered import Remembered
from bot.screening.rule import Idiom, Rule
from bot.screening.telling import Book, Signs

SHORTEST_BROKEN, SHORTEST_OF_WORDS = 4, 6
"""Letters of a word that is put together from two parts, and from two parts that are words too."""
REMEMBERED = 50_000
"""Written words whose reading is kept; at the limit all are forgotten, so that memory has a ceiling."""
SHORTEST_MISTYPED = 5
"""Shorter words are too close to others: mati, hati, mata."""
LONG_WORD = 9
"""From this length on two slips are forgiven, not one."""
LONGEST_WORD = 48
"""Longer runs of letters are not looked at for typing errors or run-together words."""
SHORTEST_JOINED = 3
"""Parts of run-together words have this many letters, or are among JOINED_SHORT."""
JOINED_SHORT = frozenset({"a", "i", "to", "my", "ga", "gw", "aq", "ku", "gk", "be"})
BEGINNING = SHORTEST_JOINED + 1
"""Letters that are looked at first: a part that stands out has no fewer, or is SHORT_AND_SURE."""
SHORT_AND_SURE = frozenset({"die"})
"""Watched words of three letters that may count in a run-together word."""
FEWEST_CONSONANTS = 2
"""Consonants that a word needs before it is recognised without its vowels."""


UNDISGUISED = re.compile(r"(?:([a-uw-z])(?!\1))+")
"""No letter twice in a row, no digits or signs, and no `v`, which may stand for `u`."""


class Lexicon:
    """All words of all lists. Built once by `bot.screening.compile`."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        spellings: Mapping[str, tuple[str, ...]],
        signs: Signs,
        rules: Book[Rule],
        idioms: Book[Idiom],
        watched: Iterable[str],
        ordinary: Iterable[str],
        endings: Iterable[str],
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.spellings = dict(spellings)
        self.signs = signs
        self._rules = rules
        self._idioms = idioms
        self.watched = frozenset(watched)
        self.ordinary = frozenset(ordinary)
        self.endings = tuple(sorted(endings, key=len, reverse=True))
        self._memory: Remembered[str, Reading] = Remembered(self._resolve, at_most=REMEMBERED)
        self.read: Callable[[str], Reading] = self._memory.__getitem__
        """What `written` (folded, lower case) stands for."""
        self._meant = {word: (word,) for word in self.vocabulary} | self.spellings
        """By word of the lists, or spelling: the words that are meant."""
        self._standing_out = frozenset(
            part[:BEGINNING] for part, meant in self._meant.items() if self._stands_out(part, meant)
        )
        """How parts of run-together words begin that are telling."""
        self._by_length: dict[int, list[str]] = {}
        self._by_skeleton: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._by_deletion: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        respelled = (written for written, meant in self.spellings.items() if not self.watched.isdisjoint(meant))
        self.breakable = frozenset(word for word in (*self.watched, *respelled) if len(word) >= SHORTEST_BROKEN)
        """What may have been written in two."""
        for word in sorted(self.vocabulary):
            self._by_length.setdefault(len(word), []).append(word)
        for word in sorted(self.watched):
            self._index(word, (word,))
        for written, meant in sorted(self.spellings.items()):
            if not self.watched.isdisjoint(meant) and len(written) > SHORTEST_MISTYPED:
                self._index_slips(written, meant)

    def _index(self, word: str, meant: tuple[str, ...]) -> None:
        if len(letters.skeleton(word)) >= FEWEST_CONSONANTS:
            self._by_skeleton.setdefault(letters.skeleton(word), []).append((word, meant))
        if len(word) >= SHORTEST_MISTYPED:
            self._index_slips(word, meant)

    def _index_slips(self, word: str, meant: tuple[str, ...]) -> None:
        for shorter in (word, *_deletions(word)):
            self._by_deletion.setdefault(shorter, []).append((word, meant))

    def joined(self, together: str, *, words: bool) -> Reading | None:
        """A word that was written in two: `bu nuh`. Two that are words by themselves need a longer one: `my self`."""
        if together not in self.breakable or (words and not self._is_long(together)):
            return None
        meant = self.spellings.get(together, (together,))
        return self._reading(meant, "written in two")

    def _is_long(self, word: str) -> bool:
        return word in self.watched and len(word) >= SHORTEST_OF_WORDS

    def _resolve(self, written: str) -> Reading:
        plain = self._plain(written)
        if plain is not None:
            return self._reading(plain, "" if plain == (written,) else "another spelling")
        if written in self.ordinary or written.isdigit():
            return Reading((written,))
        for how, words in self._disguised(written):
            if words is not None:
                return self._reading(words, how)
        return Reading((written,))

    def _disguised(self, written: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        forms = list(dict.fromkeys(_undisguised(written)))
        for form in forms:
            yield "letters disguised or drawn out", self._plain(form)
        if "*" in written:
            for form in (written, *letters.calmed(written)):
                yield "letters censored", self._censored(form)
        for form in (written, *forms):
            yield "with an ending", self._without_ending(form)
        for form in forms or [written]:
            yield "vowels left out", self._shorthand(form)
        if len(written) <= LONGEST_WORD:
            for form in (written, *forms):
                yield "written together", self._split(form)
            yield "mistyped", self._mistyped(written)

    def _reading(self, words: tuple[str, ...], how: str) -> Reading:
        touches = 0
        for word in words:
            touches |= self.signs.touches.get(word, 0)
        return Reading(words, touches, self._rules.under(words), self._idioms.under(words), True, how)

    def _plain(self, written: str) -> tuple[str, ...] | None:
        meant = self._meant.get(written)
        if meant is None and "'" in written:
            return self._meant.get(written.replace("'", ""))
        return meant

    def _censored(self, written: str) -> tuple[str, ...] | None:
        shape = letters.censored(written)
        if shape is None:
            return None
        fitting = [word for word in self._by_length.get(len(written), ()) if shape.fullmatch(word)]
        watched = [word for word in fitting if word in self.watched]
        return (watched[0],) if watched else None

    def _without_ending(self, written: str) -> tuple[str, ...] | None:
        if not written.endswith(self.endings):
            return None
        for ending in self.endings:
            base = written.removesuffix(ending)
            if SHORTEST_JOINED <= len(base) < len(written):
                plain = self._plain(base)
                if plain is not None:
                    return (*plain, ending)
        return None

    def _shorthand(self, written: str) -> tuple[str, ...] | None:
        for word, meant in self._by_skeleton.get(letters.skeleton(written), ()):
            if letters.is_shorthand(written, word):
                return meant
        return None

    def _split(self, written: str) -> tuple[str, ...] | None:
        """The fewest known words that make up the whole, one of them watched."""
        if not self._may_stand_out(written):
            return None
        reach: dict[int, tuple[str, ...]] = {0: ()}
        telling = False
        for start in range(len(written)):
            if start not in reach:
                continue
            for end in range(start + 1, len(written) + 1):
                part = written[start:end]
                if end - start < SHORTEST_JOINED and part not in JOINED_SHORT:
                    continue
                plain = self._meant.get(part) if "'" not in part else self._plain(part)
                if plain is None:
                    continue
                telling = telling or self._stands_out(part, plain)
                if end not in reach or len(reach[end]) > len(reach[start]) + len(plain):
                    reach[end] = reach[start] + plain
        words = reach.get(len(written), ())
        return words if telling and len(words) > 1 and not self.watched.isdisjoint(words) else None

    def _may_stand_out(self, written: str) -> bool:
        """Whether some part begins as one that stands out: a quick look, which nearly all words end with."""
        beginnings = [written[at : at + BEGINNING] for at in range(len(written) - BEGINNING + 1)]
        return (
            not self._standing_out.isdisjoint(beginnings) or "'" in written or any(map(written.count, SHORT_AND_SURE))
        )

    def _stands_out(self, part: str, plain: tuple[str, ...]) -> bool:
        """Whether a part of a run-together word is watched and long enough not to be there by chance."""
        return (len(part) > SHORTEST_JOINED or part in SHORT_AND_SURE) and not self.watched.isdisjoint(plain)

    def _mistyped(self, written: str) -> tuple[str, ...] | None:
        if len(written) < SHORTEST_MISTYPED - 1 or not written.isalpha():
            return None
        allowed = 2 if len(written) >= LONG_WORD else 1
        best: tuple[int, str, tuple[str, ...]] | None = None
        for shorter in (written, *_deletions(written)):
            for word, meant in self._by_deletion.get(shorter, ()):
                if not _begins_alike(written, word):
                    continue
                slips = OSA.distance(written, word, score_cutoff=allowed)
                if slips <= allowed and (best is None or (slips, word, meant) < best):
                    best = (slips, word, meant)
        return None if best is None else best[2]


def _deletions(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _begins_alike(written: str, word: str) -> bool:
    """A slip in the first letter makes too many other words; a swap of the first two does not."""
    return written[0] == word[0] or written[:2] == word[1::-1]


def _undisguised(written: str) -> Iterator[str]:
    if UNDISGUISED.fullmatch(written):
        return
    if "2" in written[1:]:
        yield written.replace("2", "")  # Indonesian shorthand for a doubled word: mati2, bentur2in
    for form in letters.unsigned(written):
        yield form
        yield from letters.calmed(form)
    for form in letters.calmed(written):
        yield form
        yield from letters.unsigned(form)
