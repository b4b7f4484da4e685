"""What in a text could tell who somebody is: an @handle, a phone number, a link, an address, their own name.

A warning, not a lock: the sender decides. Errs on the side of asking.
"""

from __future__ import annotations

import re
import unicodedata

HANDLE = re.compile(r"(?<![\w.])@[A-Za-z][A-Za-z0-9_.]{2,}")
LINK = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\b[a-z0-9-]{2,}\.(?:com|net|org|id|co|me|io|link|app)\b(?:/\S*)?")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
PHONE = re.compile(r"(?<!\d)(?:\+?62|0)[\s.-]?8(?:[\s.-]?\d){7,11}(?!\d)|(?<!\d)\+\d(?:[\s.-]?\d){8,13}(?!\d)")
INTRODUCTION = re.compile(
    r"(?i)\b(?:nama(?:ku| aku| saya| gue| gw)|panggil (?:aja |saja )?(?:aku|saya|gue|gw)|my name is|call me)\s+\w{2,}"
)
SHORTEST_NAME = 4
"""Shorter first names are also ordinary words too often to ask about."""


def gives_away(text: str, own_name: str = "") -> bool:
    """Whether the text may show who its writer is. `own_name` is the name that the platform shows for them."""
    plain = unicodedata.normalize("NFKC", text)
    if any(pattern.search(plain) for pattern in (HANDLE, EMAIL, LINK, PHONE, INTRODUCTION)):
        return True
    words = set(re.findall(r"\w+", plain.casefold()))
    parts = re.findall(r"\w+", unicodedata.normalize("NFKC", own_name).casefold())
    return any(len(part) >= SHORTEST_NAME and part in words for part in parts)
