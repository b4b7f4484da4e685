"""The entities that Telegram itself finds in plain text: commands, mentions, tags, links, addresses, phone numbers."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox import utf16

Json = dict[str, Any]

PATTERNS = (
    ("url", re.compile(r"(?<![\w@./])(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,!?;:)\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|id|io|me|app|dev|info|edu|gov)(?:/[^\s<>\"]*)?\b",
            re.IGNORECASE,
        ),
    ),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w.+-])(?:\+\d[\d ()-]{7,16}\d)(?![\w-])")),
)


def find_entities(text: str, taken: list[Json] | None = None) -> list[Json]:
    """Entities in order of place; where two overlap the first pattern wins, and `taken` wins over all."""
    found = list(taken or [])
    spans = [
        (one["offset"], one["offset"] + one["length"]) for one in found if one["type"] in {"code", "pre", "text_link"}
    ]
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            start, end = utf16.offset(text, match.start()), utf16.offset(text, match.end())
            if all(end <= low or start >= high for low, high in spans):
                spans.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(found, key=lambda one: (one["offset"], -one["length"]))
