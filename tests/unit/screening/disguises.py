"""Ways in which people disguise what they write, each applied to a whole text or to its telling words."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.screening.normalise.fold import fold
from bot.screening.normalise.tokens import WORD

Disguise = Callable[[str], str]

CYRILLIC = str.maketrans("aceopxyiACEOPXY", "асеорхуіАСЕОРХУ")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
LEET = str.maketrans("aeio", "4310")


def upper(text: str) -> str:
    return text.upper()


def full_width(text: str) -> str:
    return text.translate(FULL_WIDTH)


def look_alike(text: str) -> str:
    return text.translate(CYRILLIC)


def zero_width(text: str) -> str:
    return "\u200b".join(text)


def accented(text: str) -> str:
    return re.sub(r"([aeiou])", "\\1\u0301", text)


def curly(text: str) -> str:
    return text.replace("'", "\u2019")


def drawn_out(text: str) -> str:
    """The last letter of each word three times more; of very short ones not, which would be others: `to`, `too`."""
    return re.sub(r"([a-z]{2}[a-z])\b(?!')", lambda found: found[0] + found[0][-1] * 3, text)


def bold(text: str) -> str:
    return " ".join(f"*{word}*" for word in text.split(" "))


WHOLE: tuple[Disguise, ...] = (upper, full_width, look_alike, zero_width, accented, curly, drawn_out, bold)
"""Applied to a whole text, none of them may hide anything."""


def leet(word: str) -> str:
    return word.translate(LEET)


def spaced(word: str) -> str:
    return " ".join(word)


def dotted(word: str) -> str:
    return ".".join(word)


def censored(word: str) -> str:
    """The first vowel behind the first letter becomes a star."""
    return word[0] + re.sub(r"[aeiou]", "*", word[1:], count=1)


def broken(word: str) -> str:
    return f"{word[:2]} {word[2:]}" if len(word) >= len("hidup!") else word


def mistyped(word: str) -> str:
    """Two neighbours in the middle change places, in words long enough to bear it."""
    middle = len(word) // 2
    return (
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :] if len(word) > len("mati") else word
    )


SINGLE: tuple[Disguise, ...] = (leet, spaced, dotted, censored, broken, mistyped)
"""Applied to one telling word of a text."""


def in_words(text: str, chosen: frozenset[str], disguise: Disguise) -> str:
    """The text with a disguise on each of its words that is among the chosen ones."""
    return re.sub(
        r"[A-Za-z]+(?![A-Za-z0-9])", lambda found: disguise(found[0]) if found[0].lower() in chosen else found[0], text
    )


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text).text)
