"""The private chat of one person with one bot: its messages, its topics, and whether the bot may write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.accounts import User
from bot.sandbox.bell import Bell
from bot.sandbox.bot import Bot
from bot.sandbox.message import Message

Json = dict[str, Any]


@dataclass(slots=True)
class Topic:
    """A thread of the chat; its id is the id of the message that made it."""

    id: int
    name: str
    icon_color: int
    closed: bool = False

    def as_telegram(self) -> Json:
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}

    def as_seen(self) -> Json:
        return {"id": self.id, "name": self.name, "icon_color": self.icon_color, "closed": self.closed}


@dataclass(slots=True)
class Chat:
    """A chat exists once the person has opened it; the bot may write once the person has written."""

    bot: Bot
    user: User
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    bell: Bell = field(default_factory=Bell)
    """Rings for every change of a message here."""

    def find(self, message: int) -> Message | None:
        """A message that is still there."""
        found = self.messages.get(message)
        return found if found and not found.deleted else None

    def as_seen(self) -> Json:
        return {
            "bot": self.bot.username,
            "user": self.user.id,
            "started": self.started,
            "blocked": self.blocked,
            "topics": [topic.as_seen() for topic in self.topics.values()],
        }
