"""The Bot API's methods. Each module has a table `METHODS`; a name that is in none of them is answered with 404."""

from __future__ import annotations

from bot.sandbox.methods import chats, media, messages, profile, receiving, topics
from bot.sandbox.methods.call import Method

SENDING = frozenset(
    {name.lower() for name in media.METHODS if name.startswith("send")}
    | {"sendmessage", "copymessage", "forwardmessage", "editmessagetext", "editmessagecaption"}
)
"""What counts against the rate limits."""


def all_methods() -> dict[str, Method]:
    """By name in lower case: Telegram does not mind the case."""
    tables = (chats.METHODS, media.METHODS, messages.METHODS, profile.METHODS, receiving.METHODS, topics.METHODS)
    return {name.lower(): method for table in tables for name, method in table.items()}
