"""Characters as Telegram counts them: in UTF-16 code units."""

from __future__ import annotations

BEYOND_ONE_UNIT = 0xFFFF


def whole(text: str) -> str:
    """The text with lone surrogates replaced: JSON can carry them, but no UTF-8 can, so they would break the store."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) + sum(1 for character in text if ord(character) > BEYOND_ONE_UNIT)


def fitting(text: str, limit: int) -> int:
    """How many characters from the start fit into `limit` units."""
    if units(text) <= limit:
        return len(text)
    used = 0
    for count, character in enumerate(text):
        used += 2 if ord(character) > BEYOND_ONE_UNIT else 1
        if used > limit:
            return count
    return len(text)
