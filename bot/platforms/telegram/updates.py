"""One update of Telegram's as one event of ours. Pure: the time, the bot's side and the hashing come as arguments.

Nothing here raises for what Telegram (or somebody who pretends to be it) sends: an update is an arrival, is ignored
by name, or is malformed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.model.address import Address, Side
from bot.model.event import Body, ButtonPressed, Event, Milliseconds, PersonId, ReachChanged
from bot.platforms.telegram.messages import body_of, is_service, thread_of
from bot.platforms.telegram.shapes import Json, Wrong, integer, mapping, text, text_or_empty
from bot.runtime.platform import Arrival

PLATFORM = "telegram"

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that we ask Telegram for."""

PRIVATE = "private"
GONE_STATUSES = frozenset({"kicked", "left"})
"""How `my_chat_member` says that a person blocked the bot."""

RENAMED_LANGUAGES = {"in": "id", "iw": "he", "ji": "yi"}
"""Old codes that some phones still send. Indonesian is one of them."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that means nothing to us by decision. `reason` is of a known few."""

    reason: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """An update without the documented shape."""


Reading: TypeAlias = Arrival | Ignored | Malformed


@dataclass(frozen=True, slots=True)
class Origin:
    """What an update does not say of itself: which bot received it, when, and how persons are named inside."""

    bot: str
    side: Side | None
    now: Milliseconds
    identify: Callable[[str, str], PersonId]


def read_update(update: object, origin: Origin) -> Reading:
    """Never raises."""
    try:
        fields = mapping(update)
        number = integer(fields, "update_id")
        for kind, read in READERS.items():
            if kind in fields:
                return read(mapping(fields[kind]), number, origin)
    except Wrong:
        return Malformed()
    return Ignored("channel" if any("channel_post" in kind for kind in fields) else "kind")


def _read_message(message: Json, number: int, origin: Origin, *, edited: bool = False) -> Reading:
    chat = mapping(message.get("chat"))
    if text(chat, "type") != PRIVATE:
        return Ignored("group")
    if is_service(message):
        return Ignored("service")
    sender = mapping(message.get("from"))
    if sender.get("is_bot") is True:
        return Ignored("bot")
    return _arrival(number, origin, sender, _address(origin, chat, message), body_of(message, edited=edited))


def _read_edited(message: Json, number: int, origin: Origin) -> Reading:
    return _read_message(message, number, origin, edited=True)


def _read_press(query: Json, number: int, origin: Origin) -> Reading:
    sender = mapping(query.get("from"))
    message = query.get("message")
    press = ButtonPressed(token=text_or_empty(query, "data"), press=text(query, "id"))
    if message is None:
        # The message is too old or was sent through another chat: a private chat has its person's own number.
        address = Address(PLATFORM, origin.bot, str(integer(sender, "id")))
        return _arrival(number, origin, sender, address, press)
    hanging = mapping(message)
    chat = mapping(hanging.get("chat"))
    if text(chat, "type") != PRIVATE:
        return Ignored("group")
    press = ButtonPressed(press.token, press.press, str(integer(hanging, "message_id")))
    return _arrival(number, origin, sender, _address(origin, chat, hanging), press)


def _read_membership(change: Json, number: int, origin: Origin) -> Reading:
    chat = mapping(change.get("chat"))
    if text(chat, "type") != PRIVATE:
        return Ignored("group")
    status = text(mapping(change.get("new_chat_member")), "status")
    body = ReachChanged(reachable=status not in GONE_STATUSES)
    return _arrival(number, origin, mapping(change.get("from")), _address(origin, chat, {}), body)


READERS: Mapping[str, Callable[[Json, int, Origin], Reading]] = {
    "message": _read_message,
    "edited_message": _read_edited,
    "callback_query": _read_press,
    "my_chat_member": _read_membership,
}


def _arrival(number: int, origin: Origin, sender: Json, address: Address, body: Body) -> Arrival:
    return Arrival(
        key=f"{origin.bot}:{number}",
        event=Event(
            id=f"u:{origin.bot}:{number}",
            person=origin.identify(PLATFORM, str(integer(sender, "id"))),
            at=origin.now,
            body=body,
            side=origin.side,
            address=address,
            language=language_of(sender),
            name=name_of(sender),
        ),
    )


def _address(origin: Origin, chat: Json, message: Json) -> Address:
    return Address(PLATFORM, origin.bot, str(integer(chat, "id")), thread_of(message))


def language_of(sender: Json) -> str:
    """The primary subtag, in lower case and in today's spelling; empty if the person's app says none."""
    primary = text_or_empty(sender, "language_code").replace("_", "-").split("-")[0].lower()
    return RENAMED_LANGUAGES.get(primary, primary)


def name_of(sender: Json) -> str:
    """First and last name as the app shows them."""
    return f"{text_or_empty(sender, 'first_name')} {text_or_empty(sender, 'last_name')}".strip()
