"""Telegram's MarkdownV2 and the older Markdown: text and entities, or the refusal in Telegram's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
MARKS = (
    ("```", "pre", "PreCode"),
    ("||", "spoiler", "Spoiler"),
    ("__", "underline", "Underline"),
    ("`", "code", "Code"),
    ("_", "italic", "Italic"),
    ("*", "bold", "Bold"),
    ("~", "strikethrough", "Strikethrough"),
    ("[", "text_link", "TextUrl"),
)
"""What opens an entity (longer marks first), its kind, and what Telegram calls it when its end is missing."""
LITERAL = frozenset({"pre", "code"})
OLD_MARKS = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}
LINK_TARGET = re.compile(r"\(((?:\\.|[^)\\])*)\)", re.DOTALL)
PRE_LANGUAGE = re.compile(r"([^\s`]+)\n|\n")


def refused(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}")


@dataclass(slots=True)
class OpenMark:
    mark: str
    kind: str
    name: str
    start: int
    place: int
    language: str = ""


class MarkdownParser:
    """One text in MarkdownV2. `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[OpenMark] = []
        self._entities: list[Json] = []
        self._quote: int | None = None

    def parse(self) -> tuple[str, list[Json]]:
        while self._place < len(self._source):
            self._step(self._source[self._place])
        if self._open:
            raise self._no_end(self._open[-1])
        self._end_quote()
        self._entities.sort(key=lambda one: (one["offset"], -one["length"]))
        return "".join(self._out), self._entities

    def _step(self, char: str) -> None:
        following = self._source[self._place + 1 : self._place + 2]
        if char == "\\" and following and ord(following) < 127:
            self._write(following, consumed=2)
        elif self._ends():
            self._close(self._open.pop())
        elif self._open and self._open[-1].kind in LITERAL:
            self._write(char)
        elif self._at_line_start() and self._quoting(char):
            self._place += 1
        elif char in RESERVED:
            self._start(char)
        else:
            self._write(char)

    def _write(self, text: str, consumed: int = 1) -> None:
        self._out.append(text)
        self._length += utf16.length(text)
        self._place += consumed

    def _at_line_start(self) -> bool:
        return self._place == 0 or self._source[self._place - 1] == "\n"

    def _quoting(self, char: str) -> bool:
        """Keeps count of the block quote at the start of a line; true when `char` is its mark."""
        if char != ">":
            self._end_quote()
            return False
        if self._quote is None:
            self._quote = self._length
        return True

    def _end_quote(self) -> None:
        if self._quote is not None and self._length > self._quote:
            size = len("".join(self._out).rstrip("\n").encode("utf-16-le")) // 2 - self._quote
            self._entities.append({"type": "blockquote", "offset": self._quote, "length": size})
        self._quote = None

    def _ends(self) -> bool:
        if not self._open:
            return False
        opened = self._open[-1]
        if opened.kind == "text_link":
            return self._source.startswith("]", self._place)
        # "_" does not end where "__" stands: that opens or ends an underline.
        if opened.mark == "_" and self._source.startswith("__", self._place):
            return False
        return self._source.startswith(opened.mark, self._place)

    def _start(self, char: str) -> None:
        for mark, kind, name in MARKS:
            if self._source.startswith(mark, self._place):
                opened = OpenMark(mark, kind, name, self._length, self._place)
                self._place += len(mark)
                if kind == "pre" and (found := PRE_LANGUAGE.match(self._source, self._place)):
                    opened.language = found.group(1) or ""
                    self._place = found.end()
                self._open.append(opened)
                return
        raise refused(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")

    def _close(self, opened: OpenMark) -> None:
        self._place += len(opened.mark)
        entity: Json = {"type": opened.kind}
        if opened.kind == "text_link":
            entity["url"] = self._link_target(opened)
        if opened.language:
            entity["language"] = opened.language
        size = self._length - opened.start
        if size and entity.get("url", "-"):
            self._entities.append({**entity, "offset": opened.start, "length": size})

    def _link_target(self, opened: OpenMark) -> str:
        if not self._source.startswith("(", self._place):
            return ""
        target = LINK_TARGET.match(self._source, self._place)
        if target is None:
            raise self._no_end(opened)
        self._place = target.end()
        return re.sub(r"\\(.)", r"\1", target.group(1))

    def _no_end(self, opened: OpenMark) -> Refusal:
        before = len(self._source[: opened.place].encode("utf-8", "surrogatepass"))
        return refused(f"Can't find end of {opened.name} entity at byte offset {before}")


def parse_old_markdown(source: str) -> tuple[str, list[Json]]:
    """The older Markdown: no nesting, and a backslash escapes only the four marks."""
    out: list[str] = []
    entities: list[Json] = []
    place = 0
    while place < len(source):
        char = source[place]
        if char == "\\" and source[place + 1 : place + 2] in OLD_MARKS:
            out.append(source[place + 1])
            place += 2
        elif char in OLD_MARKS:
            place = _old_entity(source, place, out, entities)
        else:
            out.append(char)
            place += 1
    return "".join(out), entities


def _old_entity(source: str, place: int, out: list[str], entities: list[Json]) -> int:
    char = source[place]
    mark = "```" if source.startswith("```", place) else char
    end = source.find("]" if char == "[" else mark, place + len(mark))
    if end < 0:
        before = len(source[:place].encode("utf-8", "surrogatepass"))
        raise refused(f"Can't find end of the entity starting at byte offset {before}")
    inner = source[place + len(mark) : end]
    entity: Json = {"type": "pre" if mark == "```" else OLD_MARKS[char]}
    after = end + len(mark)
    if char == "[":
        target = re.compile(r"\(([^)]*)\)").match(source, after)
        entity["url"] = target.group(1) if target else ""
        after = target.end() if target else after
    if inner and entity.get("url", "-"):
        entities.append({**entity, "offset": utf16.length("".join(out)), "length": utf16.length(inner)})
    out.append(inner)
    return after
