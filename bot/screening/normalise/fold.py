"""Letters: whatever was typed becomes lower-case Latin letters, each with its place in the original text.

Knows Unicode, and nothing of words or languages.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

LONGEST = 20_000
"""Characters that are read; no platform sends longer messages, and the cost of a text has a ceiling."""


class Folded(NamedTuple):
    """`text[i]` stood at `places[i]` in the original; `places` is None when both are of one length and order."""

    text: str
    places: list[int] | None


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

REGIONAL_A = 0x1F1E6
REGIONAL_Z = 0x1F1FF


def fold(text: str) -> Folded:
    """The text in plain lower-case letters."""
    text = text[:LONGEST]
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), None)
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        plain = char.lower() if char.isascii() else _plain(char)
        letters.append(plain)
        places.extend([place] * len(plain))
    return Folded("".join(letters), places)


def _plain(char: str) -> str:
    """One character without its accents, compatibility form and disguise; empty if it cannot be seen."""
    plain = char.translate(LOOK_ALIKES)
    if plain != char:
        return plain
    if REGIONAL_A <= ord(char) <= REGIONAL_Z:
        return chr(ord("a") + ord(char) - REGIONAL_A)
    parts = unicodedata.normalize("NFKD", char).casefold()
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.translate(LOOK_ALIKES)
