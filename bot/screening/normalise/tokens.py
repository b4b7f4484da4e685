"""Folded text cut into words with their places; spaced-out letters are put together again.

Knows where a sentence ends, and nothing of what words mean.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add, sub

WORD = re.compile(r"[a-z0-9$][a-z0-9'@$*!+|]*[a-z0-9$]|[a-z0-9]|@[a-z0-9]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
"""A word may hold signs that stand for letters, but begins and ends with a letter, a digit or `$`."""

SENTENCE_END = re.compile(r"[.!?\n;\u2026]")
CLAUSE_END = re.compile(r"[.!?\n;\u2026,:()\u2014]| - ")
CLAUSE_SIGN = re.compile(r"[.!?\n;\u2026,:()\u2014]")
ASKS = ("?", " ?")
"""Right behind a word, these make its sentence a question."""

BEHIND = " .!?\n;\u2026,:()\u2014"
"""What may stand behind the last word, and ends nothing that goes on."""

SHORTEST_SPACED = 3
"""Letters in a row that are read as one spaced-out word."""


Cut = tuple[list[str], list[str], list[int]]
"""Words, the gaps before and behind them, and how many signs of the text each word takes."""


class Pieces:
    """What was typed, word by word, and the gaps between. What is told of the words is found when it is asked."""

    def __init__(self, text: str, texts: list[str]) -> None:
        """Of a folded text and its words, as `written` gives them."""
        gaps = WORD.split(text)
        widths = list(map(len, texts))
        if has_spaced(texts):
            texts, gaps, widths = _put_together(texts, gaps, widths)
        if "@" in text:
            texts, gaps, widths = _without_mentions(texts, gaps, widths)
        self.texts = texts
        self._gaps = gaps
        """One before each word, and one behind the last."""
        self._widths = widths
        self._telling = [place for place, gap in enumerate(gaps) if gap != " " and gap]
        """The gaps that are more than a space."""

    def spans(self) -> list[tuple[int, int]]:
        """Where each word begins and ends in the folded text."""
        ends = list(accumulate(map(add, map(len, self._gaps), self._widths)))
        return list(zip(map(sub, ends, self._widths), ends, strict=True))

    def sentences(self) -> list[int]:
        """The number of the sentence in which a word stands."""
        return self._numbered(SENTENCE_END)

    def clauses(self) -> list[int]:
        """The number of the part of a sentence."""
        return self._numbered(CLAUSE_END)

    def asked(self) -> list[int]:
        """Words with a question mark right behind them."""
        return [place - 1 for place in self._telling if place and self._gaps[place].startswith(ASKS)]

    def _numbered(self, end: re.Pattern[str]) -> list[int]:
        begins = [0] * len(self._gaps)
        for place in self._telling:
            begins[place] = end.search(self._gaps[place]) is not None
        begins.pop()
        return list(accumulate(begins))


def written(text: str) -> list[str]:
    """The words of a folded text, before spaced-out ones are put together."""
    return WORD.findall(text)


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each of these words begins and ends."""
    return [word.span() for word in WORD.finditer(text)]


def cut(text: str) -> Pieces:
    """The words of a folded text."""
    return Pieces(text, written(text))


def is_one(text: str) -> bool:
    """Whether a folded text is plainly one sentence without parts: a quick look, which may miss it."""
    return " - " not in text and CLAUSE_SIGN.search(text.rstrip(BEHIND)) is None


def has_spaced(texts: list[str]) -> bool:
    """Whether single letters stand in a row, which may be a word that was spaced out."""
    if list(map(len, texts)).count(1) < SHORTEST_SPACED:
        return False
    row = 0
    for word in texts:
        row = row + 1 if len(word) == 1 else 0
        if row >= SHORTEST_SPACED:
            return True
    return False


def _without_mentions(texts: list[str], gaps: list[str], widths: list[int]) -> Cut:
    """`@` and a handle names somebody; only `@ku` and the like are words with a sign for a letter."""
    kept: Cut = ([], [], [])
    gap = ""
    for word, before, width in zip(texts, gaps, widths, strict=False):
        gap += before
        if word[0] == "@" and len(word) > len("@kuu"):
            gap += word
            continue
        kept[0].append(word)
        kept[1].append(gap)
        kept[2].append(width)
        gap = ""
    kept[1].append(gap + gaps[-1])
    return kept


def _put_together(texts: list[str], gaps: list[str], widths: list[int]) -> Cut:
    """With each row of single letters, not more than a few signs apart, as one word if the row is long enough."""
    rows: list[list[int]] = []
    for place, word in enumerate(texts):
        single = len(word) == 1 and word.isalnum()
        if single and rows and rows[-1][-1] == place - 1 and _goes_on(texts[place - 1], gaps[place]):
            rows[-1].append(place)
        else:
            rows.append([place])
    together: Cut = ([], [], [])
    for row in rows:
        for part in [row] if len(row) >= SHORTEST_SPACED else ([place] for place in row):
            between = sum(len(gaps[place]) for place in part[1:])
            together[0].append("".join(texts[place] for place in part))
            together[1].append(gaps[part[0]])
            together[2].append(between + sum(widths[place] for place in part))
    together[1].append(gaps[-1])
    return together


def _goes_on(before: str, gap: str) -> bool:
    """Whether a single letter continues a row of single letters."""
    return len(before) == 1 and before.isalnum() and 1 <= len(gap) <= len(" . ")
