"""Telegram's MarkdownV2: text and entities out of a text with marks, or the refusal in Telegram's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.html_markup import is_emoji_id
from bot.sandbox.keyboards import wrong_with
from bot.sandbox.markup_refusal import bytes_before, refused
from bot.sandbox.refusal import Refusal

Json = dict[str, Any]

RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
MARKS = (
    ("```", "pre", "Pre"),
    ("||", "spoiler", "Spoiler"),
    ("__", "underline", "Underline"),
    ("`", "code", "Code"),
    ("_", "italic", "Italic"),
    ("*", "bold", "Bold"),
    ("~", "strikethrough", "Strikethrough"),
    ("[", "text_link", "TextUrl"),
    ("![", "custom_emoji", "CustomEmoji"),
)
"""What opens an entity (longer marks first), its kind, and what Telegram calls it when its end is missing."""
LITERAL = frozenset({"pre", "code"})
BRACKETED = frozenset({"text_link", "custom_emoji"})
LINK_TARGET = re.compile(r"\(((?:\\.|[^)\\])*)\)", re.DOTALL)
PRE_LANGUAGE = re.compile(r"(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?")
LINE_END = re.compile(r"\r?(?:\n|\Z)")
EMOJI_URL = re.compile(r"tg:(?://)?emoji/?\?(?:[^#]*&)?id=([1-9]\d*)(?:[&#].*)?", re.IGNORECASE)


@dataclass(slots=True)
class OpenMark:
    mark: str
    kind: str
    name: str
    start: int
    place: int
    language: str = ""


@dataclass(slots=True)
class Quote:
    start: int
    place: int
    expandable: bool = False


class MarkdownParser:
    """One text in MarkdownV2. `parse` may be called once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[OpenMark] = []
        self._entities: list[Json] = []
        self._quote: Quote | None = None
        self._fresh = True
        """Nothing of this line has been written yet: a quote may begin."""

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
        literal = bool(self._open) and self._open[-1].kind in LITERAL
        if not literal and self._at_line_start() and char != ">":
            self._end_quote()
        if char == "\\" and following and ord(following) < 127:
            self._write(following, consumed=2)
        elif self._ends():
            self._close(self._open.pop())
        elif literal and (char != "`" or self._open[-1].kind == "code"):
            self._write(char)
        elif char == ">" and self._fresh:
            self._begin_quote()
        elif self._expands():
            self._place += 2
        elif char in RESERVED:
            self._start(char)
        else:
            self._write(char)

    def _write(self, text: str, consumed: int = 1) -> None:
        self._out.append(text)
        self._length += utf16.length(text)
        self._place += consumed
        self._fresh = text in "\r\n"

    def _at_line_start(self) -> bool:
        return self._place == 0 or self._source[self._place - 1] == "\n"

    def _begin_quote(self) -> None:
        """At the start of a line: begins a quote, or goes on with the one that is open."""
        if self._quote is None:
            self._quote = Quote(self._length, self._place)
        self._place += 1
        self._fresh = False

    def _expands(self) -> bool:
        """Two bars at the very end of a quote say that it can be opened out."""
        if self._quote is None or not self._source.startswith("||", self._place):
            return False
        end = LINE_END.match(self._source, self._place + 2)
        if end is None or self._source.startswith(">", end.end()):
            return False
        self._quote.expandable = True
        return True

    def _end_quote(self) -> None:
        quote, self._quote = self._quote, None
        if quote is None:
            return
        if self._open and self._open[-1].place > quote.place:
            raise self._no_end(self._open[-1])
        size = utf16.length("".join(self._out).rstrip("\n")) - quote.start
        if size > 0:
            kind = "expandable_blockquote" if quote.expandable else "blockquote"
            self._entities.append({"type": kind, "offset": quote.start, "length": size})

    def _ends(self) -> bool:
        if not self._open:
            return False
        opened = self._open[-1]
        if opened.kind in BRACKETED:
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
                    opened.name = "PreCode" if opened.language else "Pre"
                    self._place = found.end()
                self._open.append(opened)
                return
        raise refused(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")

    def _close(self, opened: OpenMark) -> None:
        self._place += 1 if opened.kind in BRACKETED else len(opened.mark)
        size = self._length - opened.start
        entity: Json = {"type": opened.kind, "offset": opened.start, "length": size}
        if opened.kind == "text_link":
            entity["url"] = self._target() or utf16.slice_of("".join(self._out), opened.start, size)
        if opened.kind == "custom_emoji":
            entity["custom_emoji_id"] = self._emoji_id()
        if opened.language:
            entity["language"] = opened.language
        # What is no address is plain text, as on Telegram.
        if size and not wrong_with(entity.get("url", "tg://")):
            self._entities.append(entity)

    def _target(self) -> str:
        """What stands in the round brackets after the square ones; empty where there are none."""
        if not self._source.startswith("(", self._place):
            return ""
        target = LINK_TARGET.match(self._source, self._place)
        if target is None:
            raise refused(f"Can't find end of a URL at byte offset {bytes_before(self._source, self._place + 1)}")
        self._place = target.end()
        return re.sub(r"\\(.)", r"\1", target.group(1))

    def _emoji_id(self) -> str:
        if not self._source.startswith("(", self._place):
            raise refused("The entity must contain a tg://emoji or tg://time URL")
        found = EMOJI_URL.fullmatch(self._target())
        if found is None or not is_emoji_id(found.group(1)):
            raise refused("Invalid tg://emoji or tg://time URL specified")
        return found.group(1)

    def _no_end(self, opened: OpenMark) -> Refusal:
        return refused(
            f"Can't find end of {opened.name} entity at byte offset {bytes_before(self._source, opened.place)}"
        )
