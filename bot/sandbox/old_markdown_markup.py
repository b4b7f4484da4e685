"""Telegram's older Markdown: four marks, no nesting, and a backslash that escapes only those marks."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.markup_refusal import bytes_before, refused

Json = dict[str, Any]

OLD_MARKS = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


def parse_old_markdown(source: str) -> tuple[str, list[Json]]:
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
        raise refused(f"Can't find end of the entity starting at byte offset {bytes_before(source, place)}")
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
