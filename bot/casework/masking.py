"""Takes out of a text what could tell who somebody is, before it is kept for the word lists.

Errs on the side of masking: what stays must be fit to be read by whoever reviews word lists, and to become a line of
one. What makes a sender be asked (`bot.casework.identity`) is masked here, and more: every longer number.
"""

from __future__ import annotations

import re
import unicodedata

from bot.casework.identity import EMAIL, HANDLE, INTRODUCTION, LINK, PHONE, SHORTEST_NAME

MASK = "«…»"
NUMBER = re.compile(r"\d(?:[\s./-]?\d){4,}")
"""Five digits and more: student numbers, house and street, accounts, dates of birth. Ages and hours stay."""
WORD = re.compile(r"\w+")
LONGEST = 2_000
"""An example of a word list is a message, not a diary."""


def masked(text: str, own_name: str = "") -> str:
    """The text with handles, addresses, links, numbers and names as «…». `own_name`: as the platform shows it."""
    plain = unicodedata.normalize("NFC", text)[:LONGEST]
    for pattern in (EMAIL, LINK, HANDLE, PHONE, NUMBER):
        plain = pattern.sub(MASK, plain)
    plain = INTRODUCTION.sub(_keep_the_opening, plain)
    parts = {part for part in _words(own_name) if len(part) >= SHORTEST_NAME}
    return WORD.sub(lambda word: MASK if word.group().casefold() in parts else word.group(), plain)


def _keep_the_opening(found: re.Match[str]) -> str:
    """`my name is «…»`: only the name goes."""
    opening, _, _ = found.group().rpartition(found.group().split()[-1])
    return f"{opening}{MASK}"


def _words(name: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", name).casefold())
