"""The state of the sandbox, all in memory: bots, people, chats, files, and the feed of every change.

Both sides act on it: bots through `bot.sandbox.methods`, people through `bot.sandbox.deeds`. Here are only the parts
that both need: finding things, adding and changing messages, handing updates to bots.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Any

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.bot import Bot
from bot.sandbox.chat import Chat
from bot.sandbox.faults import FaultBook
from bot.sandbox.feed import Feed
from bot.sandbox.files import FileShelf
from bot.sandbox.journal import Journal
from bot.sandbox.limits import RateLimits
from bot.sandbox.message import Message
from bot.sandbox.updates import UpdateQueue

Json = dict[str, Any]

FIRST_PERSON = 5_000_001
"""Ids of people who are given none; far from the bots' ids."""
FIRST_RETRY_S = 1.0
"""The first pause before an update is sent to a failing webhook again; then it doubles."""


class World:
    """One per server."""

    def __init__(self, accounts: Sequence[BotAccount] = (), *, accept_any_token: bool = False) -> None:
        self.accept_any_token = accept_any_token
        self.started_at = time.monotonic()
        self.feed = Feed()
        self.files = FileShelf()
        self.faults = FaultBook()
        self.limits = RateLimits()
        self.first_retry_s = FIRST_RETRY_S
        self.webhook_reply: Callable[[Bot, Json], Awaitable[None]] = _no_reply
        """Runs the method that a webhook answered with; the Bot API puts itself here."""
        self._journal: Journal | None = None
        self.bots: dict[int, Bot] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[tuple[int, int], Chat] = {}
        for account in accounts:
            self.add_bot(account)

    def add_bot(self, account: BotAccount) -> Bot:
        bot = Bot(account=account, updates=UpdateQueue(on_fetched=self.mark_fetched), topics=account.topics)
        bot.updates.note = lambda kind, facts: self._note(kind, {**facts, "bot": bot.id})
        self.bots[bot.id] = bot
        self._note("bot", asdict(account))
        self.tell_bot(bot)
        return bot

    def keep_in(self, journal: Journal) -> None:
        """From now on every change is written there."""
        self._journal = journal
        for bot in self.bots.values():
            self._note("bot", asdict(bot.account))

    def _note(self, kind: str, facts: Json) -> None:
        if self._journal:
            self._journal.write(kind, facts)

    def bot_by_token(self, token: str) -> Bot | None:
        """The bot of this token; a new one where every token is accepted."""
        number, _, secret = token.partition(":")
        if not number.isdecimal() or not secret:
            return None
        bot = self.bots.get(int(number))
        if bot is None and self.accept_any_token:
            return self.add_bot(BotAccount(token=token, username=f"bot{number}_bot", name=f"Bot {number}"))
        return bot if bot and bot.account.token == token else None

    def bot_named(self, name: str) -> Bot | None:
        """By id or username, with or without @."""
        wanted = name.removeprefix("@").casefold()
        return next((bot for bot in self.bots.values() if wanted in {str(bot.id), bot.username.casefold()}), None)

    def add_user(self, first_name: str, username: str = "", language_code: str = "", number: int = 0) -> User:
        if not number:
            number = max((FIRST_PERSON - 1, *self.users)) + 1
        user = User(number, first_name, username, language_code)
        self.users[number] = user
        self._note("user", user.as_seen())
        self.feed.publish("user", user=user.as_seen())
        return user

    def open_chat(self, bot: Bot, user: User) -> Chat:
        """The chat as the person's phone has it open; the bot cannot write before the person does."""
        key = (bot.id, user.id)
        if key not in self.chats:
            self.chats[key] = Chat(bot, user)
            self.tell_chat(self.chats[key])
        return self.chats[key]

    def add_message(self, message: Message) -> Message:
        message.chat.messages[message.id] = message
        self.tell_message(message)
        return message

    def tell_message(self, message: Message) -> None:
        """Something about the message changed: everybody who watches is told."""
        message.changed = self.feed.seq + 1
        chat = message.chat
        self.feed.publish("message", bot=chat.bot.username, user=chat.user.id, message=message.as_seen())
        chat.bell.ring()
        self._note("message", {**message.as_kept(), "bot": chat.bot.id, "user": chat.user.id})

    def tell_chat(self, chat: Chat) -> None:
        self.feed.publish("chat", bot=chat.bot.username, user=chat.user.id, chat=chat.as_seen())
        self._note("chat", {**chat.as_seen(), "bot": chat.bot.id})

    def tell_bot(self, bot: Bot) -> None:
        self.feed.publish("bot", bot=bot.username, state=bot.as_seen())

    def mark_online(self, bot: Bot) -> None:
        if not bot.online:
            bot.online = True
            self.tell_bot(bot)

    def hand_over(self, chat: Chat, kind: str, body: Json, message: Message | None = None) -> None:
        """Gives the bot an update; the message's second tick follows when the bot has taken it."""
        chat.bot.updates.put(kind, body, chat.user.id, message)

    def mark_fetched(self, message: Message) -> None:
        if not message.fetched:
            message.fetched = True
            self.tell_message(message)

    def reset(self) -> None:
        """Forgets people, chats, files, faults and waiting updates. Bots keep their accounts and menus."""
        if self._journal:
            self._journal.clear()
            for bot in self.bots.values():
                self._note("bot", asdict(bot.account))
        self.users.clear()
        self.chats.clear()
        self.files.clear()
        self.faults.clear()
        self.limits.switch(on=False)
        for bot in self.bots.values():
            bot.updates.clear()
            bot.presses.clear()
        self.feed.publish("reset")


def now_ms() -> int:
    return time.time_ns() // 1_000_000


async def _no_reply(_bot: Bot, _reply: Json) -> None:
    return None
