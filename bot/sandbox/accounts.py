"""Who there is: bots and the people with phones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BotAccount:
    """A bot as BotFather would hand it out. `topics`: its private chats may have topics."""

    token: str
    username: str
    name: str
    topics: bool = False

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])


@dataclass(slots=True)
class User:
    """A person with a phone."""

    id: int
    first_name: str
    username: str = ""
    language_code: str = ""
    last_name: str = ""

    def as_telegram(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        told = {"id": self.id, "is_bot": False, **{key: value for key, value in names.items() if value}}
        return {**told, "language_code": self.language_code} if self.language_code else told

    def as_chat(self) -> Json:
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {"id": self.id, **{key: value for key, value in names.items() if value}, "type": "private"}

    def as_seen(self) -> Json:
        return {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
