"""Topics in private chats, for bots that have them enabled."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chat import Chat, Topic
from bot.sandbox.message import Message
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.refusal import bad_request
from bot.sandbox.world import now_ms

Json = dict[str, Any]

MAX_NAME = 128
DEFAULT_COLOR = 7322096
COLORS = frozenset({7322096, 16766590, 13338331, 9367192, 16749490, 16478047})


async def create(call: Call) -> Json:
    chat = _forum(call)
    name = _name(call)
    color = call.args.integer("icon_color", DEFAULT_COLOR)
    if color not in COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    number = call.bot.next_message()
    topic = chat.topics[number] = Topic(number, name, color)
    _announce(call, chat, number, number, {"forum_topic_created": {"name": name, "icon_color": color}})
    return topic.as_telegram()


async def edit(call: Call) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    if call.args.has("name"):
        name = _name(call)
        if name == topic.name:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.name = name
        _announce(call, chat, call.bot.next_message(), topic.id, {"forum_topic_edited": {"name": name}})
    return True


async def close(call: Call) -> bool:
    return _set_closed(call, closed=True)


async def reopen(call: Call) -> bool:
    return _set_closed(call, closed=False)


def _set_closed(call: Call, *, closed: bool) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    content: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    _announce(call, chat, call.bot.next_message(), topic.id, content)
    return True


async def delete(call: Call) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    del chat.topics[topic.id]
    for message in chat.messages.values():
        if message.thread == topic.id and not message.deleted:
            message.deleted = True
            call.world.tell_message(message)
    call.world.tell_chat(chat)
    return True


def _forum(call: Call) -> Chat:
    chat = call.chat()
    if not call.bot.topics:
        raise bad_request("the chat is not a forum")
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    found = chat.topics.get(call.args.integer("message_thread_id"))
    if found is None:
        raise bad_request("message thread not found")
    return found


def _name(call: Call) -> str:
    name = call.args.text("name").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise bad_request("topic name must be non-empty" if not name else "topic name is too long")
    return name


def _announce(call: Call, chat: Chat, number: int, thread: int, content: Json) -> None:
    """The service message that shows the change in the chat."""
    message = Message(number, chat, by_bot=True, at_ms=now_ms(), kind="service", content=content, thread=thread)
    call.world.add_message(message)
    call.world.tell_chat(chat)


METHODS: dict[str, Method] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
}
