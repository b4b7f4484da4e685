"""The shapes of what the world API is asked, checked whole before anything is done."""

from __future__ import annotations

from typing import Any

import msgspec


class Request(msgspec.Struct, forbid_unknown_fields=True):
    """Unknown fields are refused, so that a misspelt one is noticed."""


class NewUser(Request):
    first_name: str
    username: str = ""
    language_code: str = ""
    id: int = 0


class OpenChat(Request):
    bot: str
    user: int


class Say(Request):
    text: str
    reply_to: int = 0
    thread: int = 0


class Edit(Request):
    message: int
    text: str


class Send(Request):
    kind: str
    caption: str = ""
    reply_to: int = 0
    thread: int = 0


class PressButton(Request):
    """`wait`: seconds to wait for the bot's answer."""

    message: int = 0
    token: str = ""
    label: str = ""
    wait: float = 15.0


class React(Request):
    message: int
    emoji: str = ""


class Delete(Request):
    message: int


class Inject(Request):
    """`update` goes to the bot as it is; an `update_id` is added where it is missing."""

    update: dict[str, Any]


class BotState(Request):
    topics: bool


class Limits(Request):
    on: bool
    per_second: float = 30.0
    chat_per_second: float = 1.0
    burst: int = 5
