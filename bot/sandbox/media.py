"""The media objects of the Bot API: what a message of each kind carries besides its text."""

from __future__ import annotations

from typing import Any

from bot.sandbox.files import FileShelf, StoredFile

Json = dict[str, Any]

PICTURE = {"width": 640, "height": 480}
SQUARE = {"width": 512, "height": 512}
SECONDS = 5
"""Length of every recording here: nobody listens to them."""


def content_of(shelf: FileShelf, bot: int, stored: StoredFile, kind: str) -> Json:
    """The fields of a message with this file, as the bot is told them."""
    ids = shelf.told(bot, stored)
    named = {**ids, "file_name": stored.name, "mime_type": stored.mime}
    match kind:
        case "photo":
            return {"photo": [{**ids, **PICTURE}]}
        case "voice":
            return {"voice": {**ids, "duration": SECONDS, "mime_type": stored.mime}}
        case "audio":
            return {"audio": {**named, "duration": SECONDS}}
        case "video":
            return {"video": {**named, **PICTURE, "duration": SECONDS}}
        case "video_note":
            return {"video_note": {**ids, "length": 240, "duration": SECONDS}}
        case "animation":
            # Telegram sets `document` too, for clients from before there were animations.
            return {"animation": {**named, **PICTURE, "duration": SECONDS}, "document": named}
        case "sticker":
            flat = {"type": "regular", **SQUARE, "is_animated": False, "is_video": False, "emoji": "🙂"}
            return {"sticker": {**ids, **flat}}
        case _:
            return {"document": named}
