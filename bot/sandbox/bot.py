"""A bot as the server knows it: its account, its waiting updates, its menu of commands, the presses it must answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.accounts import BotAccount
from bot.sandbox.menu import CommandMenu
from bot.sandbox.updates import UpdateQueue

if TYPE_CHECKING:
    from bot.sandbox.message import Message
    from bot.sandbox.webhook import Webhook

Json = dict[str, Any]


@dataclass(slots=True)
class Press:
    """A button was pressed and the phone waits for the bot's answer."""

    id: str
    message: Message
    data: str
    at: float
    answer: asyncio.Future[Json]


@dataclass(slots=True)
class Bot:
    """Message ids count through all chats of one bot, as they do on Telegram."""

    account: BotAccount
    updates: UpdateQueue
    topics: bool = False
    webhook: Webhook | None = None
    menu: CommandMenu = field(default_factory=CommandMenu)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    last_message: int = 0
    online: bool = False
    """A poller or a webhook has been seen: the phones show the bot as online."""

    @property
    def id(self) -> int:
        return self.account.id

    @property
    def username(self) -> str:
        return self.account.username

    def name(self, language: str = "") -> str:
        return self.texts.get(("name", language)) or self.texts.get(("name", "")) or self.account.name

    def next_message(self) -> int:
        self.last_message += 1
        return self.last_message

    def as_telegram(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name(), "username": self.username}

    def as_seen(self) -> Json:
        return {
            "id": self.id,
            "username": self.username,
            "name": self.name(),
            "topics": self.topics,
            "online": self.online,
            "waiting_updates": len(self.updates.pending),
        }
