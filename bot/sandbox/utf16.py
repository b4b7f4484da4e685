"""Lengths and places as Telegram counts them: in UTF-16 code units, so that an emoji is two."""

from __future__ import annotations


def length(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def offset(text: str, index: int) -> int:
    """The place of a Python index."""
    return length(text[:index])


def slice_of(text: str, start: int, size: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[start * 2 : (start + size) * 2].decode("utf-16-le", "replace")


def splits_a_character(text: str, place: int) -> bool:
    """True when `place` lies between the two halves of one character."""
    raw = text.encode("utf-16-le", "surrogatepass")
    unit = raw[place * 2 : place * 2 + 2]
    return len(unit) == 2 and 0xDC00 <= int.from_bytes(unit, "little") <= 0xDFFF
