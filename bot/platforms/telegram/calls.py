"""A message of ours as Telegram's method calls. Pure: what a file holds, and what Telegram answers, comes later.

No call names a parse mode: people's words arrive literally, whatever Markdown or HTML they look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import msgspec

from bot.model.address import Address
from bot.model.outgoing import (
    AnswerPress,
    EditText,
    Keyboard,
    Mark,
    SendFile,
    SendText,
    ShowMark,
    ShowTyping,
)
from bot.platforms.telegram.characters import fitting, whole
from bot.platforms.telegram.keyboards import without_links, written
from bot.platforms.telegram.splitting import split, split_caption
from bot.platforms.telegram.wire import Form, Upload

Plain: TypeAlias = SendText | ShowMark | SendFile | ShowTyping | AnswerPress
"""What becomes calls by itself, without an earlier message or somebody's file."""

REACTIONS = {Mark.DELIVERED: "👌", Mark.WAITING: "👀", Mark.FAILED: "💔"}
"""Bots may react only with Telegram's own list, which has no tick and no cross: these three are in it."""

MOST_IN_PRESS_ANSWER = 200
"""Telegram's limit for the words shown over the chat after a press."""

NO_PREVIEW = {"is_disabled": True}
"""A preview fetches the page from the outside and covers the conversation."""

DECORATION = frozenset({"setMessageReaction", "sendChatAction", "answerCallbackQuery"})
"""Calls that carry no words. That Telegram refuses one is no reason to tell anybody."""


@dataclass(frozen=True, slots=True)
class Call:
    """One method with its parameters as JSON values, and files by parameter."""

    method: str
    params: Mapping[str, object] = field(repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)

    @property
    def form(self) -> Form:
        """As Telegram takes it: texts as they are, everything else as JSON."""
        return Form({key: _field(value) for key, value in self.params.items()}, self.files)

    def without(self, *names: str) -> Call:
        return replace(self, params={key: value for key, value in self.params.items() if key not in names})

    def without_links(self) -> Call:
        """The same with no button that opens a page."""
        markup = self.params.get("reply_markup")
        return replace(self, params={**self.without("reply_markup").params, **without_links(markup)})


def calls_for(to: Address, what: Plain) -> tuple[Call, ...]:
    """In the order in which they must arrive."""
    match what:
        case SendText():
            return _texts(to, what.text, what.keyboard, quiet=what.quiet, reply_to=what.reply_to)
        case SendFile():
            caption, rest = split_caption(whole(what.caption))
            files = {"document": Upload(what.name, what.content)}
            first = Call("sendDocument", {**target(to), **_worded(caption=caption)}, files)
            return (first, *(_texts(to, rest, ()) if rest.strip() else ()))
        case ShowMark():
            reaction = [{"type": "emoji", "emoji": REACTIONS[what.mark]}]
            params = {"chat_id": to.chat, "message_id": what.message, "reaction": reaction}
            return (Call("setMessageReaction", params),)
        case ShowTyping():
            return (Call("sendChatAction", {**target(to), "action": "typing"}),)
        case AnswerPress():
            words = whole(what.text)[: fitting(what.text, MOST_IN_PRESS_ANSWER)]
            return (Call("answerCallbackQuery", {"callback_query_id": what.press, **_worded(text=words)}),)


def edit_call(to: Address, what: EditText, message: str) -> tuple[Call, SendText | None]:
    """Changes the message; what no longer fits into it has to follow as a new one, with the buttons."""
    first, *rest = split(whole(what.text))
    params = {
        "chat_id": to.chat,
        "message_id": message,
        "text": first,
        "link_preview_options": NO_PREVIEW,
        **written(() if rest else what.keyboard),
    }
    return Call("editMessageText", params), SendText("".join(rest), what.keyboard) if rest else None


def delete_call(to: Address, message: str) -> Call:
    return Call("deleteMessage", {"chat_id": to.chat, "message_id": message})


def target(to: Address) -> dict[str, object]:
    """The chat, and the topic if there is one."""
    return {"chat_id": to.chat, **({"message_thread_id": to.thread} if to.thread else {})}


def answering(message: str) -> dict[str, object]:
    """The parameter that shows a message as the answer to another; where that one is gone, it goes out by itself."""
    if not message.isdecimal():
        return {}
    return {"reply_parameters": {"message_id": int(message), "allow_sending_without_reply": True}}


def _texts(to: Address, text: str, keyboard: Keyboard, *, quiet: bool = False, reply_to: str = "") -> tuple[Call, ...]:
    parts = split(whole(text))
    last = len(parts) - 1
    quietly = {"disable_notification": True} if quiet else {}
    common = {**target(to), "link_preview_options": NO_PREVIEW, **quietly}
    return tuple(
        Call(
            "sendMessage",
            {
                **common,
                "text": part,
                **(answering(reply_to) if number == 0 else {}),
                **(written(keyboard) if number == last else {}),
            },
        )
        for number, part in enumerate(parts)
    )


def _worded(**words: str) -> dict[str, object]:
    return {name: text for name, text in words.items() if text}


def _field(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
