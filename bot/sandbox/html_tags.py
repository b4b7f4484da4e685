"""One tag or character reference of Telegram's HTML, read where it stands. What tags mean is not known here."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.sandbox.markup_refusal import bytes_before, refused
from bot.sandbox.refusal import Refusal

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
"""Telegram's documentation: all other names are not supported, and stay as they are written."""
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
LAST_CHARACTER = 0x10FFFF

SPACES = re.compile(r"[ \t\r\n\v\0]*")
NAME = re.compile(r"[^ \t\r\n\v\0>]*")
ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v\0=>/\"']*")
TOKEN = re.compile(r"[A-Za-z0-9.-]*")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


@dataclass(frozen=True, slots=True)
class Tag:
    """`end` is the place after it. Attributes are as written: their references are not resolved."""

    name: str
    end: int
    attributes: tuple[tuple[str, str], ...] = ()


def unescaped_at(source: str, place: int) -> tuple[str, int]:
    """The character that stands or is meant at a place, and the place after it."""
    found = REFERENCE.match(source, place)
    char = _meant(found) if found else ""
    return (char, found.end()) if found and char else (source[place], place + 1)


def unescaped(value: str) -> str:
    return REFERENCE.sub(lambda found: _meant(found) or found.group(), value)


def _meant(reference: re.Match[str]) -> str:
    """Empty where a number is no character's."""
    hexadecimal, decimal, name = reference.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < LAST_CHARACTER else ""


def read_start_tag(source: str, place: int, known: Collection[str]) -> Tag:
    """The tag whose `<` stands at `place`. Raises a Refusal."""
    name = _match(NAME, source, place + 1)
    end = place + 1 + len(name)
    if end == len(source):
        raise _unclosed(source, place)
    if name.lower() not in known:
        raise refused(f'Unsupported start tag "{name.lower()}" at byte offset {bytes_before(source, place)}')
    attributes: list[tuple[str, str]] = []
    while True:
        end = _after_spaces(source, end)
        if end == len(source):
            raise _unclosed(source, place)
        if source[end] == ">":
            return Tag(name.lower(), end + 1, tuple(attributes))
        found, value, end = _attribute(source, end, name.lower(), place)
        attributes.append((found, value))


def read_end_tag(source: str, place: int) -> Tag:
    """The tag whose `</` stands at `place`. Raises a Refusal."""
    name = _match(NAME, source, place + 2)
    end = _after_spaces(source, place + 2 + len(name))
    if not source.startswith(">", end):
        raise refused(f"Unclosed end tag at byte offset {bytes_before(source, place)}")
    return Tag(name.lower(), end + 1)


def _attribute(source: str, begin: int, tag: str, place: int) -> tuple[str, str, int]:
    """Name, value, and the place after them. Without a value there is an empty one."""
    name = _match(ATTRIBUTE_NAME, source, begin)
    if not name:
        raise refused(f'Empty attribute name in the tag "{tag}" at byte offset {bytes_before(source, place)}')
    end = _after_spaces(source, begin + len(name))
    if not source.startswith("=", end):
        return name.lower(), "", end
    end = _after_spaces(source, end + 1)
    if end == len(source):
        raise refused(f'Unclosed start tag "{tag}" at byte offset {bytes_before(source, place)}')
    if source[end] not in "\"'":
        return name.lower(), *_token(source, end)
    quoted = QUOTED.match(source, end)
    if quoted is None:
        raise _unclosed(source, place)
    return name.lower(), quoted.group(1) or quoted.group(2) or "", quoted.end()


def _token(source: str, begin: int) -> tuple[str, int]:
    """A value without quotes: letters, digits, dots and hyphens."""
    value = _match(TOKEN, source, begin)
    end = begin + len(value)
    if _after_spaces(source, end) == end < len(source) and source[end] != ">":
        raise refused(f"Unexpected end of name token at byte offset {bytes_before(source, begin)}")
    return value.lower(), end


def _unclosed(source: str, place: int) -> Refusal:
    return refused(f"Unclosed start tag at byte offset {bytes_before(source, place)}")


def _after_spaces(source: str, place: int) -> int:
    return place + len(_match(SPACES, source, place))


def _match(pattern: re.Pattern[str], source: str, place: int) -> str:
    """For patterns that fit everywhere, if only on nothing."""
    found = pattern.match(source, place)
    return found.group() if found else ""
