"""Files that were sent: their bytes, and the ids under which each bot knows them.

As on Telegram, a `file_id` belongs to one bot and cannot be used by another, while `file_unique_id` is the same for
all and cannot be used to fetch anything.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "audio": "music",
    "video": "videos",
    "video_note": "video_notes",
    "animation": "animations",
    "sticker": "stickers",
    "document": "documents",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`number` counts files of the server; `path` is what getFile tells."""

    number: int
    kind: str
    name: str
    mime: str
    content: bytes

    @property
    def unique_id(self) -> str:
        return "AgAD" + hashlib.sha256(b"unique" + str(self.number).encode() + self.content[:64]).hexdigest()[:12]

    @property
    def path(self) -> str:
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{FOLDERS.get(self.kind, 'documents')}/file_{self.number}.{suffix}"

    def id_for(self, bot: int) -> str:
        """Opaque, and long as on Telegram (about 70 characters)."""
        digest = hashlib.sha256(f"{bot}:{self.number}:{self.unique_id}".encode()).hexdigest()
        return f"AgACAgUAAxkBAA{digest[:58]}"


@dataclass(slots=True)
class FileShelf:
    """All files of this server."""

    files: list[StoredFile] = field(default_factory=list)
    _known: dict[tuple[int, str], StoredFile] = field(default_factory=dict)

    def add(self, kind: str, name: str, mime: str, content: bytes) -> StoredFile:
        stored = StoredFile(len(self.files), kind, name, mime, content)
        self.files.append(stored)
        return stored

    def told(self, bot: int, stored: StoredFile) -> Json:
        """The id fields as a bot is told them; from then on it may use the `file_id`."""
        file_id = stored.id_for(bot)
        self._known[bot, file_id] = stored
        return {"file_id": file_id, "file_unique_id": stored.unique_id, "file_size": len(stored.content)}

    def known(self, bot: int, file_id: str) -> StoredFile | None:
        return self._known.get((bot, file_id))

    def by_path(self, bot: int, path: str) -> StoredFile | None:
        return next(
            (stored for (owner, _), stored in self._known.items() if owner == bot and stored.path == path), None
        )

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        return next((stored for stored in self.files if stored.unique_id == unique_id), None)

    def clear(self) -> None:
        self.files.clear()
        self._known.clear()
