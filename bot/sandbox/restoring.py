"""Builds a world again from what its journal kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.sandbox.accounts import BotAccount, User
from bot.sandbox.chat import Chat, Topic
from bot.sandbox.message import Message
from bot.sandbox.updates import Update
from bot.sandbox.world import World

Json = dict[str, Any]


def restore(world: World, entries: Iterable[tuple[str, Json]]) -> None:
    """Later entries replace earlier ones. Nothing is told to the feed: nobody watches yet."""
    read: dict[str, Callable[[World, Json], None]] = {
        "bot": _bot,
        "user": _user,
        "chat": _chat,
        "message": _message,
        "update": _update,
        "gone": _gone,
    }
    for kind, entry in entries:
        read[kind](world, entry)


def _bot(world: World, entry: Json) -> None:
    account = BotAccount(**entry)
    if account.id not in world.bots:
        world.add_bot(account)


def _user(world: World, entry: Json) -> None:
    world.users[entry["id"]] = User(**entry)


def _chat(world: World, entry: Json) -> None:
    chat = _chat_of(world, entry)
    chat.started, chat.blocked = entry["started"], entry["blocked"]
    chat.topics = {topic["id"]: Topic(**topic) for topic in entry["topics"]}


def _message(world: World, entry: Json) -> None:
    chat = _chat_of(world, entry)
    kept = {key: value for key, value in entry.items() if key not in {"bot", "user"}}
    message = chat.messages.setdefault(entry["id"], Message(chat=chat, **kept))
    # The object stays the same: an update that waits may already point to it.
    for key, value in kept.items():
        setattr(message, key, value)
    message.changed = world.feed.next_seq()
    chat.bot.last_message = max(chat.bot.last_message, message.id)


def _update(world: World, entry: Json) -> None:
    bot = world.bots[entry["bot"]]
    chat = world.chats.get((bot.id, entry["chat"]))
    message = chat.messages.get(entry["message"]) if chat else None
    update = Update(entry["id"], entry["of"], entry["body"], entry["chat"], entry["at"], message)
    bot.updates.pending.append(update)
    bot.updates.next_id = max(bot.updates.next_id, update.id + 1)


def _gone(world: World, entry: Json) -> None:
    queue = world.bots[entry["bot"]].updates
    queue.pending = [update for update in queue.pending if update.id not in entry["ids"]]


def _chat_of(world: World, entry: Json) -> Chat:
    key = (entry["bot"], entry["user"])
    if key not in world.chats:
        world.chats[key] = Chat(world.bots[entry["bot"]], world.users[entry["user"]])
    return world.chats[key]
