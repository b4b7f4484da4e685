"""Letters: whatever was typed becomes lower-case Latin letters, each with its place in the original text.

Knows Unicode, and nothing of words or languages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

LONGEST = 20_000
"""Characters that are read; no platform sends longer messages, and the cost of a text has a ceiling."""


class Folded(NamedTuple):
    text: str
    original: str

    def places(self) -> Sequence[int]:
        """Where in the original each letter stood."""
        if self.original.isascii():
            return range(len(self.original))
        return [place for place, char in enumerate(self.original) for _ in char.translate(LETTERS)]


LOOK_ALIKES = str.maketrans(
    dict(
        zip(
            "авеԁгһіјкӏмнорԛстуѵԝхуъьёєοαβγεικνρτυχωϲϳηκμσϕɑɡıȷɩʟɴʀʏꜱᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢøłđħŧʙɢʜɪ",
            "abedrhijklmhopqctyvwxybbeeoabyeiknptuxwcjnkmsfagijilnrysacdejkmoptuvwzoldhtbghi",
            strict=True,
        )
    )
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | dict.fromkeys("’‘ʼ＇`´ʹ′‛ꞌ", "'")
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys(
        "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufe0e\ufe0f", ""
    )
)
"""Cyrillic, Greek and small-capital letters that pass for Latin ones, apostrophes, dashes, and what cannot be seen.
Applied after case folding."""

REMEMBERED = 10_000
"""Characters whose plain form is kept: more than people write in, and memory has a ceiling."""
REGIONAL_A = 0x1F1E6
REGIONAL_Z = 0x1F1FF


class _Letters(dict[int, str]):
    """What each character stands for, by code point, found when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < REMEMBERED:
            self[code] = plain
        return plain


LETTERS = _Letters()


def fold(text: str) -> Folded:
    """The text in plain lower-case letters."""
    text = text[:LONGEST]
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), text)
    return Folded(text.translate(LETTERS), text)


def _plain(char: str) -> str:
    """One character without its accents, compatibility form and disguise; empty if it cannot be seen."""
    if char.isascii():
        return "'" if char == "`" else char.lower()
    plain = char.translate(LOOK_ALIKES)
    if plain != char:
        return plain
    if REGIONAL_A <= ord(char) <= REGIONAL_Z:
        return chr(ord("a") + ord(char) - REGIONAL_A)
    parts = unicodedata.normalize("NFKD", char).casefold()
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.translate(LOOK_ALIKES)
