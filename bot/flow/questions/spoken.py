"""Finds the button that somebody means who writes instead of pressing: its label, its number, its emoji, or nearly so.

A near miss counts only when it is near to one label and far from all others: a wrong answer is worse than a hint.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from bot.model.text import Text

NEAR = 85
"""How like a label a text must be, of 100: one slip in seven letters."""
SHORTEST_NEAR = 4
"""Shorter words are too easily another word: `no` and `now`."""
CLEAR_LEAD = 8
"""How much nearer than to any other label."""
_INFORMATION, _INFORMATION_SIGN = "\u2139", "\U0001f6c8"
"""Unicode counts the one as a letter i, which it would become below; the other is a sign like every emoji."""


def meant(text: str, labels: Mapping[str, Text], *, numbered: bool = True) -> str | None:
    """The answer whose label the text is, in whatever language; None if that is not clear.

    `numbered`: the buttons may also be called by their place, `2` for the second.
    """
    said = plain(text)
    if not said:
        return None
    forms = {value: frozenset(_forms(value, label)) for value, label in labels.items()}
    exact = [value for value, known in forms.items() if said in known]
    if exact:
        return exact[0] if len(exact) == 1 else None
    by_number = _by_number(said, tuple(labels)) if numbered else None
    return by_number or _nearest(said, forms)


def plain(text: str) -> str:
    """Small letters, one space between words, no marks; emoji stay, without their colour."""
    folded = unicodedata.normalize("NFKC", text.replace(_INFORMATION, _INFORMATION_SIGN)).casefold()
    kept = "".join(sign if _is_kept(sign) else " " for sign in folded if not _is_dressing(sign))
    return " ".join(kept.split())


def _is_kept(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNMS"


def _is_dressing(sign: str) -> bool:
    return sign in "\ufe0f\ufe0e\u200d" or "\U0001f3fb" <= sign <= "\U0001f3ff"


def _forms(value: str, label: Text) -> Iterator[str]:
    yield plain(value)
    for words in label.by_language.values():
        whole = plain(words)
        yield whole
        yield " ".join("".join(sign if not _is_sign(sign) else " " for sign in whole).split()) or whole
        yield "".join(sign for sign in whole if _is_sign(sign)) or whole


def _is_sign(sign: str) -> bool:
    return unicodedata.category(sign).startswith("S")


def _by_number(said: str, values: tuple[str, ...]) -> str | None:
    """`2` is the second button, unless the buttons are numbers themselves (those were found exactly, or are none)."""
    if not (said.isascii() and said.isdigit()) or any(value.isdigit() for value in values):
        return None
    number = int(said[:4])
    return values[number - 1] if 1 <= number <= len(values) else None


def _nearest(said: str, forms: Mapping[str, frozenset[str]]) -> str | None:
    if len(said) < SHORTEST_NEAR:
        return None
    scores = sorted(
        ((_nearness(said, known), value) for value, known in forms.items()), key=lambda pair: pair[0], reverse=True
    )
    best = scores[0]
    runner_up = scores[1][0] if len(scores) > 1 else 0.0
    return best[1] if best[0] >= NEAR and best[0] - runner_up >= CLEAR_LEAD else None


def _nearness(said: str, known: frozenset[str]) -> float:
    return max((fuzz.ratio(said, form) for form in known if len(form) >= SHORTEST_NEAR), default=0.0)
