"""What people do with their phones. Each deed changes the chat and gives the bot the update that Telegram would.

A deed that a phone would not allow (writing to a blocked bot, pressing a button that is not there) is an `Impossible`.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.bot import Press
from bot.sandbox.chat import Chat
from bot.sandbox.detection import find_entities
from bot.sandbox.formatting import MAX_TEXT
from bot.sandbox.media import content_of
from bot.sandbox.message import Message
from bot.sandbox.reactions import ALLOWED
from bot.sandbox.samples import OTHER, PLACE, SAMPLES
from bot.sandbox.world import World, now_ms

Json = dict[str, Any]


class Impossible(Exception):
    """A phone would not let its owner do this."""


def say(world: World, chat: Chat, text: str, *, reply_to: int = 0, thread: int = 0) -> Message:
    """Writes a text. A long one goes in parts, as every client sends it; the last part is returned."""
    text = text.strip("\n")
    if not text.strip():
        raise Impossible("an empty message cannot be sent")
    *before, last = _parts(text)
    for part in before:
        _send(world, chat, "text", _text_content(part), reply_to, thread)
    return _send(world, chat, "text", _text_content(last), reply_to, thread)


def _parts(text: str) -> list[str]:
    parts = []
    while utf16.length(text) > MAX_TEXT:
        parts.append(utf16.slice_of(text, 0, MAX_TEXT - utf16.splits_a_character(text, MAX_TEXT)))
        text = text[len(parts[-1]) :]
    return [*parts, text]


def _text_content(text: str) -> Json:
    entities = find_entities(text)
    return {"text": text, **({"entities": entities} if entities else {})}


def send_media(
    world: World, chat: Chat, kind: str, *, caption: str = "", reply_to: int = 0, thread: int = 0
) -> Message:
    """Sends a sample of any kind."""
    if kind in SAMPLES:
        sample = SAMPLES[kind]
        stored = world.files.add(kind, sample.name, sample.mime, sample.content)
        content = content_of(world.files, chat.bot.id, stored, kind)
    elif kind == "location":
        content = {"location": dict(PLACE)}
    elif kind == "contact":
        person = {"first_name": chat.user.first_name, "user_id": chat.user.id}
        content = {"contact": {"phone_number": "+6281200000000", **person}}
    elif kind in OTHER:
        content = dict(OTHER[kind])
    else:
        raise Impossible(f"no sample of kind {kind}")
    if caption:
        entities = find_entities(caption)
        content |= {"caption": caption, **({"caption_entities": entities} if entities else {})}
    return _send(world, chat, kind, content, reply_to, thread)


def _send(world: World, chat: Chat, kind: str, content: Json, reply_to: int, thread: int) -> Message:
    if chat.blocked:
        raise Impossible("the bot is blocked: unblock it first")
    if reply_to and chat.find(reply_to) is None:
        raise Impossible("the message that is answered is not there")
    if thread and thread not in chat.topics:
        raise Impossible("there is no such topic")
    message = Message(
        id=chat.bot.next_message(),
        chat=chat,
        by_bot=False,
        at_ms=now_ms(),
        kind=kind,
        content=content,
        reply_to=reply_to,
        thread=thread,
    )
    if not chat.started:
        chat.started = True
        world.tell_chat(chat)
    world.add_message(message)
    world.hand_over(chat, "message", message.as_telegram(), message)
    return message


def edit(world: World, chat: Chat, number: int, text: str) -> Message:
    message = _find(chat, number)
    if message.by_bot or chat.blocked:
        raise Impossible("only own messages can be changed, and not while the bot is blocked")
    if not text.strip() or utf16.length(text) > MAX_TEXT:
        raise Impossible("the new text is empty or too long")
    if message.kind == "text":
        message.content = _text_content(text)
    else:
        message.content = {**message.content, "caption": text}
    message.edited_ms = now_ms()
    message.fetched = False
    world.tell_message(message)
    world.hand_over(chat, "edited_message", message.as_telegram(), message)
    return message


def press(world: World, chat: Chat, *, number: int = 0, token: str = "", label: str = "") -> Press:
    """Presses a button, found by its data or its label; without `number` on the newest message that has it.

    The bot's answer comes in the press's future.
    """
    candidates = [_find(chat, number)] if number else list(reversed(chat.messages.values()))
    for message in candidates:
        if message.deleted or not message.by_bot:
            continue
        for button in (one for row in message.buttons for one in row):
            if _is_meant(button, token, label):
                return _press(world, chat, message, str(button.get("callback_data", "")))
    if number and token:
        # A phone may press what it still shows after the bot has changed the message.
        return _press(world, chat, candidates[0], token)
    raise Impossible("there is no such button")


def _is_meant(button: Json, token: str, label: str) -> bool:
    if "callback_data" not in button:
        return False
    return bool(button["callback_data"] == token if token else button["text"].strip() == label.strip())


def _press(world: World, chat: Chat, message: Message, data: str) -> Press:
    if chat.blocked:
        raise Impossible("the bot is blocked: unblock it first")
    number = str(secrets.randbits(62))
    answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
    pressed = chat.bot.presses[number] = Press(number, message, data, time.monotonic(), answer)
    body = {
        "id": number,
        "from": chat.user.as_telegram(),
        "message": message.as_telegram(),
        "chat_instance": str(chat.bot.id * 31 + chat.user.id),
        "data": data,
    }
    world.feed.publish("press", bot=chat.bot.username, user=chat.user.id, message=message.id, token=data)
    world.hand_over(chat, "callback_query", body)
    return pressed


def block(world: World, chat: Chat, *, blocked: bool) -> None:
    """Blocks or unblocks the bot; nothing happens when it is so already."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    world.tell_chat(chat)
    bot = chat.bot.as_telegram()
    kicked, member = {"user": bot, "status": "kicked", "until_date": 0}, {"user": bot, "status": "member"}
    body = {
        "chat": chat.user.as_chat(),
        "from": chat.user.as_telegram(),
        "date": now_ms() // 1000,
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    world.hand_over(chat, "my_chat_member", body)


def react(world: World, chat: Chat, number: int, emoji: str) -> Message:
    """Reacts to a message; an empty emoji takes the reaction back."""
    message = _find(chat, number)
    if emoji and emoji not in ALLOWED:
        raise Impossible("one cannot react with this")
    before = message.person_reaction
    message.person_reaction = [{"type": "emoji", "emoji": emoji}] if emoji else []
    world.tell_message(message)
    body = {
        "chat": chat.user.as_chat(),
        "message_id": number,
        "user": chat.user.as_telegram(),
        "date": now_ms() // 1000,
        "old_reaction": before,
        "new_reaction": message.person_reaction,
    }
    world.hand_over(chat, "message_reaction", body)
    return message


def delete(world: World, chat: Chat, number: int) -> Message:
    """Deletes a message on both sides; bots are not told, as on Telegram."""
    message = _find(chat, number)
    message.deleted = True
    world.tell_message(message)
    return message


def _find(chat: Chat, number: int) -> Message:
    found = chat.find(number)
    if found is None:
        raise Impossible("there is no such message")
    return found
