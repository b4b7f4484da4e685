"""What a private message of Telegram's says: words, a command, or one of the many kinds that are not text."""

from __future__ import annotations

import re

import msgspec

from bot.model.event import CommandGiven, MediaKind, MediaSent, TextSaid
from bot.platforms.telegram.shapes import Json, integer, text, text_or_empty

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
"""`/name`, `/name@bot`, `/name words`. In a private chat the bot's name after `@` can only be ours."""

WITH_FILE = {
    "voice": MediaKind.VOICE,
    "audio": MediaKind.AUDIO,
    "video_note": MediaKind.VIDEO_NOTE,
    "animation": MediaKind.ANIMATION,
    "video": MediaKind.VIDEO,
    "sticker": MediaKind.STICKER,
    "document": MediaKind.DOCUMENT,
}
"""In this order: an animation also comes with a `document` for old clients."""

SERVICE = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "write_access_allowed",
        "chat_background_set",
        "connected_website",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "paid_message_price_changed",
    }
)
"""Messages by which the app reports a change of the chat. Nobody said anything: they need no answer."""


def is_service(message: Json) -> bool:
    return not SERVICE.isdisjoint(message)


def body_of(message: Json, *, edited: bool) -> TextSaid | MediaSent | CommandGiven:
    """Raises Wrong. A kind that this version does not know is MediaKind.OTHER: the person gets an answer to it."""
    number = str(integer(message, "message_id"))
    reply_to = reply_of(message)
    if "text" not in message:
        kind, file = media_of(message)
        caption = text_or_empty(message, "caption")
        return MediaSent(kind, number, caption=caption, file=file, reply_to=reply_to, edited=edited)
    words = text(message, "text")
    command = None if edited else COMMAND.fullmatch(words)
    if command is None:
        return TextSaid(words, number, reply_to=reply_to, edited=edited)
    answered, quote = (message.get(key) if reply_to else None for key in ("reply_to_message", "quote"))
    words = (command[2] or "").strip()
    return CommandGiven(command[1].lower(), words, number, reply_to, _text_of(answered), _text_of(quote))


def media_of(message: Json) -> tuple[MediaKind, str]:
    """The kind, and what it takes to send it on: a file id, or the place or card itself as JSON; empty if nothing."""
    for key, kind in WITH_FILE.items():
        if key in message:
            return kind, _file_id(message[key])
    if "photo" in message:
        sizes = message["photo"]
        return MediaKind.PHOTO, _file_id(sizes[-1]) if isinstance(sizes, list) and sizes else ""
    if "location" in message:
        return MediaKind.LOCATION, _copied(message["location"], ("latitude", "longitude"))
    if "contact" in message:
        return MediaKind.CONTACT, _copied(message["contact"], ("phone_number", "first_name", "last_name"))
    return MediaKind.OTHER, ""


def reply_of(message: Json) -> str:
    """The message that this one answers. In a topic every message formally answers the one that made the topic."""
    answered = message.get("reply_to_message")
    if not isinstance(answered, dict) or is_service(answered):
        return ""
    number = answered.get("message_id")
    return str(number) if isinstance(number, int) else ""


def thread_of(message: Json) -> str:
    """The topic. Without `is_topic_message` the number only names a chain of replies."""
    thread = message.get("message_thread_id")
    return str(thread) if message.get("is_topic_message") is True and isinstance(thread, int) else ""


def _text_of(value: object) -> str:
    return text_or_empty(value, "text") if isinstance(value, dict) else ""


def _file_id(value: object) -> str:
    return text_or_empty(value, "file_id") if isinstance(value, dict) else ""


def _copied(value: object, keys: tuple[str, ...]) -> str:
    if not isinstance(value, dict):
        return ""
    kept = {key: value[key] for key in keys if isinstance(value.get(key), float | int)}
    kept.update({key: text_or_empty(value, key) for key in keys if isinstance(value.get(key), str)})
    return msgspec.json.encode(kept).decode()
