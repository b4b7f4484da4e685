"""Telegram's HTML: text and entities out of a text with tags, or the refusal with the words that Telegram uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

SIMPLE = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre",
}  # fmt: skip
SPECIAL = frozenset({"a", "span", "blockquote", "tg-emoji"})
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(lt|gt|amp|quot));?")
TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def refused(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")


def decoded(reference: re.Match[str]) -> str:
    """The character that is meant; what means none stays as it is written."""
    hexadecimal, decimal, name = reference.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_character else reference.group()


@dataclass(slots=True)
class OpenTag:
    name: str
    start: int
    entity: Json


class HtmlParser:
    """One text. `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._out: list[str] = []
        self._length = 0
        self._open: list[OpenTag] = []
        self._entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        place = 0
        while place < len(self._source):
            match self._source[place]:
                case "<":
                    place = self._tag(place)
                case "&":
                    place = self._reference(place)
                case char:
                    self._write(char)
                    place += 1
        if self._open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        self._entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return "".join(self._out), self._entities

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._length += utf16.length(text)

    def _bytes_before(self, place: int) -> int:
        return len(self._source[:place].encode("utf-8", "surrogatepass"))

    def _reference(self, place: int) -> int:
        found = REFERENCE.match(self._source, place)
        self._write(decoded(found) if found else "&")
        return found.end() if found else place + 1

    def _tag(self, place: int) -> int:
        found = TAG.match(self._source, place)
        if not found:
            kind = "end" if self._source.startswith("</", place) else "start"
            raise refused(f"Unclosed {kind} tag at byte offset {self._bytes_before(place)}")
        closing, name, rest = found.group(1), found.group(2).lower(), found.group(3)
        if closing:
            self._close(name, place)
        else:
            self._start(name, dict(self._attributes(rest)), place)
        return found.end()

    @staticmethod
    def _attributes(rest: str) -> list[tuple[str, str]]:
        found = ((one[0].lower(), one[1] or one[2] or one[3]) for one in ATTRIBUTE.findall(rest))
        return [(name, REFERENCE.sub(decoded, value)) for name, value in found]

    def _start(self, name: str, attributes: dict[str, str], place: int) -> None:
        if name not in SIMPLE and name not in SPECIAL:
            raise refused(f'Unsupported start tag "{name}" at byte offset {self._bytes_before(place)}')
        self._open.append(OpenTag(name, self._length, self._entity(name, attributes, place)))

    def _entity(self, name: str, attributes: dict[str, str], place: int) -> Json:
        if name in SIMPLE:
            return {"type": SIMPLE[name]}
        if name == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        if name == "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        if name == "span":
            if attributes.get("class") != "tg-spoiler":
                raise refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes_before(place)}')
            return {"type": "spoiler"}
        return {"type": "text_link", "url": attributes.get("href", "")}

    def _close(self, name: str, place: int) -> None:
        if not self._open:
            raise refused(f"Unexpected end tag at byte offset {self._bytes_before(place)}")
        opened = self._open.pop()
        if name and name != opened.name:
            raise refused(
                f"Unmatched end tag at byte offset {self._bytes_before(place)}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        size = self._length - opened.start
        # A link without an address is plain text, as on Telegram.
        if size and opened.entity.get("url", "-"):
            self._entities.append({**opened.entity, "offset": opened.start, "length": size})
