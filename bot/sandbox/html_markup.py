"""Telegram's HTML: text and entities out of a text with tags, or the refusal with the words that Telegram uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.html_tags import Tag, read_end_tag, read_start_tag, unescaped, unescaped_at
from bot.sandbox.keyboards import wrong_with
from bot.sandbox.markup_refusal import bytes_before, refused

Json = dict[str, Any]

SIMPLE = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "pre": "pre",
}  # fmt: skip
SPECIAL = frozenset({"a", "code", "span", "blockquote", "tg-emoji"})
LANGUAGE = "language-"
SURROGATE = re.compile("[\ud800-\udfff]")
TORN = "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
MOST_EMOJI_ID = 2**63 - 1


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
            if self._source.startswith("</", place):
                place = self._close(place)
            elif self._source[place] == "<":
                place = self._start(place)
            else:
                char, place = unescaped_at(self._source, place)
                self._write(char)
        if self._open:
            raise refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        text = "".join(self._out)
        if SURROGATE.search(text):
            raise refused(TORN)
        self._entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return text, [without_language(one) for one in self._entities]

    def _write(self, text: str) -> None:
        self._out.append(text)
        self._length += utf16.length(text)

    def _start(self, place: int) -> int:
        tag = read_start_tag(self._source, place, SPECIAL | SIMPLE.keys())
        self._open.append(OpenTag(tag.name, self._length, self._entity(tag, place)))
        return tag.end

    def _entity(self, tag: Tag, place: int) -> Json:
        if tag.name in SIMPLE:
            return {"type": SIMPLE[tag.name]}
        attributes = {name: unescaped(value) for name, value in tag.attributes}
        if tag.name == "code":
            told = attributes.get("class", "")
            return {"type": "code", "language": told.removeprefix(LANGUAGE) if told.startswith(LANGUAGE) else ""}
        if tag.name == "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
        if tag.name == "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
        if tag.name == "span":
            if attributes.get("class") != "tg-spoiler":
                place_told = bytes_before(self._source, place)
                raise refused(f'Tag "span" must have class "tg-spoiler" at byte offset {place_told}')
            return {"type": "spoiler"}
        return {"type": "text_link", "url": attributes.get("href", "")}

    def _close(self, place: int) -> int:
        if not self._open:
            raise refused(f"Unexpected end tag at byte offset {bytes_before(self._source, place)}")
        tag = read_end_tag(self._source, place)
        opened = self._open.pop()
        if tag.name and tag.name != opened.name:
            raise refused(
                f"Unmatched end tag at byte offset {bytes_before(self._source, place)}, "
                f'expected "</{opened.name}>", found "</{tag.name}>"'
            )
        size = self._length - opened.start
        if size:
            self._keep({**opened.entity, "offset": opened.start, "length": size})
        return tag.end

    def _keep(self, entity: Json) -> None:
        if entity["type"] == "custom_emoji" and not is_emoji_id(entity["custom_emoji_id"]):
            raise refused("Invalid custom emoji identifier specified")
        if entity["type"] == "text_link":
            entity["url"] = entity["url"] or utf16.slice_of("".join(self._out), entity["offset"], entity["length"])
            if wrong_with(entity["url"]):
                return  # what is no address is plain text, as on Telegram
        block = self._entities and as_code_block(self._entities[-1], entity)
        if block:
            self._entities[-1] = block
        else:
            self._entities.append(entity)


def as_code_block(inner: Json, outer: Json) -> Json | None:
    """`pre` and `code` around the same words are one block, if a language is named."""
    language = inner.get("language") or outer.get("language")
    same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
    if not language or not same or {inner["type"], outer["type"]} != {"pre", "code"}:
        return None
    return {**outer, "type": "pre", "language": language}


def without_language(entity: Json) -> Json:
    """Code in a line has none."""
    return entity if entity["type"] == "pre" else {key: value for key, value in entity.items() if key != "language"}


def is_emoji_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and 0 < int(value) <= MOST_EMOJI_ID
