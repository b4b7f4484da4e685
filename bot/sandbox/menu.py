"""A bot's commands: one list for each scope and language, and which of them a person's phone shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

DEFAULT, ALL_PRIVATE_CHATS, CHAT = "default", "all_private_chats", "chat"


@dataclass(slots=True)
class CommandMenu:
    """The key is scope and language; the scope of one chat carries its id: `chat:7`."""

    lists: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def shown_to(self, user: int, language: str) -> list[Json]:
        """Narrower scopes win, and in each scope the person's language wins (as published for BotCommandScope)."""
        for scope in (f"{CHAT}:{user}", ALL_PRIVATE_CHATS, DEFAULT):
            for one in (language, ""):
                if found := self.lists.get((scope, one)):
                    return found
        return []
