"""Sample files that a phone sends with its attach button: small, made up, and never played."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=")
"""The smallest picture there is; the page draws something nicer in its place."""


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    mime: str
    content: bytes


SAMPLES = {
    "photo": Sample("photo.jpg", "image/jpeg", PIXEL),
    "voice": Sample("voice.oga", "audio/ogg", b"OggS" + bytes(60)),
    "audio": Sample("song.mp3", "audio/mpeg", b"ID3" + bytes(61)),
    "video": Sample("video.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(52)),
    "video_note": Sample("round.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(52)),
    "animation": Sample("animation.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(52)),
    "sticker": Sample("sticker.webp", "image/webp", b"RIFF\x00\x00\x00\x00WEBP" + bytes(52)),
    "document": Sample("notes.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n"),
}
PLACE = {"latitude": -6.3628, "longitude": 106.8269}
"""A campus in Depok."""
POLL = {
    "id": "1",
    "question": "?",
    "options": [{"persistent_id": str(number), "text": str(number), "voter_count": 0} for number in (1, 2)],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
OTHER: dict[str, dict[str, Any]] = {
    "poll": {"poll": POLL},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "venue": {"location": PLACE, "venue": {"location": PLACE, "title": "Perpustakaan", "address": "Depok"}},
}
"""Kinds that a bot may not expect."""
