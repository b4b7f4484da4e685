"""Reading JSON that may not have the shape it should have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from bot.platforms.telegram.characters import whole

Json: TypeAlias = Mapping[str, object]

BIGGEST_NUMBER = 2**63
"""Telegram's numbers have at most 52 significant bits; this is what any store can hold."""


class Wrong(Exception):
    """A field is missing or has another type than documented."""


def decode(body: bytes | str) -> object:
    """The JSON value. Raises Wrong.

    What msgspec finds too irregular (a lone surrogate in one message) may still be read by the standard library: one
    odd message must not hold up all that came with it.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    try:
        found: object = json.loads(body if isinstance(body, str) else body.decode(errors="replace"))
    except (ValueError, RecursionError):
        raise Wrong from None
    return found


def mapping(value: object) -> Json:
    """Raises Wrong."""
    if not isinstance(value, dict):
        raise Wrong
    return value


def integer(fields: Json, key: str) -> int:
    """Raises Wrong. A boolean is no number here, though Python says so."""
    value = fields.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= BIGGEST_NUMBER:
        raise Wrong
    return value


def text(fields: Json, key: str) -> str:
    """Raises Wrong."""
    value = fields.get(key)
    if not isinstance(value, str):
        raise Wrong
    return whole(value)


def text_or_empty(fields: Json, key: str) -> str:
    """Empty where it is missing or is no text."""
    value = fields.get(key)
    return whole(value) if isinstance(value, str) else ""
