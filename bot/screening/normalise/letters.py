"""Ways in which one word may have been disguised or shortened: repeats, signs and digits for letters, no vowels.

Gives the plain spellings that a written form may stand for. Which of them is a word, the lexicon decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

REPEATED = re.compile(r"(.)\1+")
THRICE = re.compile(r"(.)\1{2,}")
SIGNS = re.compile(r"[0-9@$*!+|]")
VOWELS = frozenset("aeiou")

STANDS_FOR = {
    "0": "o", "1": "il", "2": "", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t",
}  # fmt: skip
"""What a digit or sign is written for. `*` is any letter, and handled by `censored`."""

SHORTEST_DOUBLED = 4
"""A letter typed twice is a slip only in words that keep this many letters: `odd` is not `od`."""

MOST_SIGNED = 0.6
"""The share of a word that signs may make up: `4l1v3` still, `80s` not."""
SHORTEST_SIGNED = 3
"""Shorter words with digits are numbers and units: `5m`, `3x`."""

MOST_READINGS = 24
"""Readings of one disguised word that are tried: bounds the cost of `1111111`."""


def calmed(word: str) -> Iterator[str]:
    """The word with drawn-out letters shortened: first to two, then to one."""
    drawn = THRICE.search(word) is not None
    if drawn:
        yield THRICE.sub(r"\1\1", word)
        yield THRICE.sub(r"\1", word)
    if REPEATED.search(word):
        single = REPEATED.sub(r"\1", word)
        if drawn or len(single) >= SHORTEST_DOUBLED:
            yield single


def unsigned(word: str) -> Iterator[str]:
    """The word with digits and signs read as letters, and `v` as `u` where no vowel is left."""
    if "v" in word and VOWELS.isdisjoint(word):
        yield word.replace("v", "u")
    signs = len(SIGNS.findall(word))
    if not signs or "*" in word or len(word) < SHORTEST_SIGNED or signs > len(word) * MOST_SIGNED:
        return
    choices = [STANDS_FOR.get(char, char) or char for char in word]
    for count, reading in enumerate(product(*choices)):
        if count >= MOST_READINGS:
            return
        plain = "".join(reading)
        yield plain
        if "v" in plain:
            yield plain.replace("v", "u")


def censored(word: str) -> re.Pattern[str] | None:
    """What a word with stars may be, when more of it is shown than hidden."""
    hidden = word.count("*")
    if not hidden or len(word) < len("m*ti") or hidden * 2 > len(word) or word[0] == "*":
        return None
    signs = [STANDS_FOR.get(char, char) or char for char in word]
    return re.compile("".join("[a-z]" if sign == "*" else f"[{re.escape(sign)}]" for sign in signs))


def skeleton(word: str) -> str:
    """The word without its vowels, except a first one."""
    return word[:1] + "".join(char for char in word[1:] if char not in VOWELS)


def is_shorthand(short: str, word: str) -> bool:
    """True for `bnh` or `mti` (`bunuh`, `mati`): all consonants in order, vowels gone but for a last one."""
    if len(short) < len("mti") or len(short) >= len(word):
        return False
    bare = skeleton(word)
    return short in {bare, bare + word[-1] if word[-1] in VOWELS else bare}
