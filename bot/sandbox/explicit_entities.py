"""The entities that a bot lists itself: checked as strictly, and refused in the words, as Telegram does."""

from __future__ import annotations

from typing import Any

from bot.sandbox import utf16
from bot.sandbox.html_markup import is_emoji_id
from bot.sandbox.keyboards import wrong_with
from bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

KINDS = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji",
})  # fmt: skip
NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
"""What a kind cannot be without."""
FARTHEST = 1_000_000


def check_entities(text: str, entities: list[Json]) -> list[Json]:
    """Those that are about something, each within the text and on whole characters."""
    for entity in entities:
        _check_kind(entity)
    for entity in entities:
        for name in ("offset", "length"):
            number = entity.get(name)
            if not isinstance(number, int) or not 0 <= number <= FARTHEST:
                raise bad_request(f"receive an entity with incorrect {name} {number}")
    kept = [entity for entity in entities if entity["length"]]
    for entity in kept:
        _check_place(text, entity["offset"], entity["length"])
    return kept


def _check_kind(entity: Json) -> None:
    kind = entity.get("type")
    if kind not in KINDS:
        raise _unparsed("Unsupported type specified")
    needed = NEEDED.get(kind)
    if needed is None:
        return
    if needed not in entity:
        raise _unparsed(f'Can\'t find field "{needed}"')
    if kind == "custom_emoji" and not is_emoji_id(str(entity[needed])):
        raise _unparsed(f'Field "{needed}" must be a valid Number')
    if kind == "text_link" and (why := wrong_with(str(entity[needed]))):
        raise bad_request(f"entity URL '{entity[needed]}' is invalid: {why}")


def _check_place(text: str, start: int, length: int) -> None:
    size, end = utf16.length(text), start + length
    if start >= size:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > size:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )
    if utf16.splits_a_character(text, start):
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at byte offset {_bytes_to(text, start)}")
    if utf16.splits_a_character(text, end):
        told = f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol"
        raise bad_request(f"{told} at byte offset {_bytes_to(text, end)}")


def _bytes_to(text: str, place: int) -> int:
    """The bytes of the text up to and with the character that has `place` in its middle."""
    return len(utf16.slice_of(text, 0, place + 1).encode("utf-8", "surrogatepass"))


def _unparsed(why: str) -> Refusal:
    return bad_request(f"can't parse MessageEntity: {why}")
