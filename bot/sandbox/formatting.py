"""A text with its entities, from what a bot sent: by parse mode or explicit, cleaned and measured as Telegram does."""

from __future__ import annotations

from typing import Any

from bot.sandbox import utf16
from bot.sandbox.detection import find_entities
from bot.sandbox.html_markup import HtmlParser
from bot.sandbox.markdown_markup import MarkdownParser
from bot.sandbox.old_markdown_markup import parse_old_markdown
from bot.sandbox.refusal import bad_request

Json = dict[str, Any]

MAX_TEXT = 4_096
MAX_CAPTION = 1_024


def parse_markup(text: str, mode: str) -> tuple[str, list[Json]]:
    """Reads `text` in a parse mode. Telegram does this before it looks at anything else in a call."""
    match mode.lower():
        case "":
            return text, []
        case "html":
            return HtmlParser(text).parse()
        case "markdownv2":
            return MarkdownParser(text).parse()
        case "markdown":
            return parse_old_markdown(text)
        case _:
            raise bad_request("unsupported parse_mode")


def clean(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces, white space at the ends goes, and entities move with the text."""
    text = "".join(" " if char < " " and char != "\n" else char for char in text.replace("\r", ""))
    left = len(text) - len(text.lstrip())
    cut = utf16.length(text[:left])
    text = text.strip()
    size = utf16.length(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], size)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept


def finish(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text as it is kept, with the entities that Telegram finds by itself added."""
    text, entities = clean(text, entities)
    return text, find_entities(text, entities)
