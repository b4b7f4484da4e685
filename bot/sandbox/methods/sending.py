"""What every sending method does once it knows its content: check the rest, add the message, tell everybody."""

from __future__ import annotations

from typing import Any

from bot.sandbox.message import Message
from bot.sandbox.methods.call import Call
from bot.sandbox.world import now_ms

Json = dict[str, Any]


def post(call: Call, kind: str, content: Json, *, forward_origin: Json | None = None) -> Message:
    """Adds the bot's message to the chat of the call and returns it."""
    chat = call.chat()
    markup = call.markup()
    topic = call.topic(chat)
    reply_to = call.reply_to(chat)
    message = Message(
        id=call.bot.next_message(),
        chat=chat,
        by_bot=True,
        at_ms=now_ms(),
        kind=kind,
        content=content,
        reply_to=reply_to,
        thread=topic.id if topic else 0,
        markup=markup,
        quiet=call.args.flag("disable_notification"),
        protected=call.args.flag("protect_content"),
        forward_origin=forward_origin,
    )
    return call.world.add_message(message)
