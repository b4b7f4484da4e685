"""What the program says to a platform: messages to addresses, without any platform's words.

A handler hands these to its transaction; the commit stores them in the outbox; the sender gives each to the driver
of the address's platform. `ref` names a message of ours for later edits; the platform's own id stays in the store.
"""

from __future__ import annotations

import enum
from typing import TypeAlias

import msgspec

from bot.model.address import Address


class Button(msgspec.Struct, frozen=True):
    """`token` is opaque and names what the button belongs to; with `url` it opens a page (or `tel:`) instead."""

    label: str
    token: str = ""
    url: str = ""


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


class Mark(enum.StrEnum):
    """What became of a person's message, shown on that message."""

    DELIVERED = "delivered"
    WAITING = "waiting"
    FAILED = "failed"


class SendText(msgspec.Struct, frozen=True, tag=True):
    """Plain text, shown literally: no markup is ever read from it. Too long for the platform: sent in parts."""

    text: str
    keyboard: Keyboard = ()
    ref: str = ""
    quiet: bool = False
    """Without a sound, where the platform can."""
    reply_to: str = ""
    """The platform's id of a message in this chat: shown as an answer to it, where the platform can."""


class EditText(msgspec.Struct, frozen=True, tag=True):
    """Changes the message `ref`; sends the text as a new message where that one cannot be edited."""

    ref: str
    text: str
    keyboard: Keyboard = ()

    def as_new(self) -> SendText:
        """What is sent where the old message is not there to be edited."""
        return SendText(self.text, self.keyboard, self.ref)


class DeleteMessage(msgspec.Struct, frozen=True, tag=True):
    """Takes back the message `ref` with all its parts. Where the platform no longer lets us, it stays."""

    ref: str


class ShowMark(msgspec.Struct, frozen=True, tag=True):
    """Shows a mark on the person's own message `message` (the platform's id, from the event)."""

    message: str
    mark: Mark


class SendMedia(msgspec.Struct, frozen=True, tag=True):
    """Passes on what somebody sent: `bot` is the bot that received `file`."""

    kind: str
    bot: str
    file: str
    caption: str = ""
    ref: str = ""
    reply_to: str = ""
    """As in `SendText`."""


class SendFile(msgspec.Struct, frozen=True, tag=True):
    """A file made by the program, such as a person's export."""

    name: str
    content: bytes
    caption: str = ""


class ShowTyping(msgspec.Struct, frozen=True, tag=True):
    """The bot is writing."""


class AnswerPress(msgspec.Struct, frozen=True, tag=True):
    """Tells the platform that a button press was seen, with a few words shown over the chat, or none."""

    press: str
    text: str = ""


What: TypeAlias = SendText | EditText | DeleteMessage | ShowMark | SendMedia | SendFile | ShowTyping | AnswerPress


class Failure(enum.StrEnum):
    """Why a message was given up. Passing troubles (limits, network) are retried and are no failure."""

    BLOCKED = "blocked"
    """The person stopped the bot or never started it."""
    GONE = "gone"
    """The chat, the thread or the message is not there."""
    REFUSED = "refused"
    """The platform will not take this message: our fault."""
    EXPIRED = "expired"
    """Not delivered within the time that is set for trying."""


class ReceiptWanted(msgspec.Struct, frozen=True):
    """Posts a `Receipt` into `person`'s mailbox when the message is delivered or given up."""

    person: str
    purpose: str
    case: str = ""
    data: str = ""


class Outgoing(msgspec.Struct, frozen=True):
    """One entry of the outbox. Entries to one chat keep their order."""

    id: str
    to: Address
    what: What
    lane: str = "normal"
    receipt: ReceiptWanted | None = None
    at: int = 0
    """When it was committed, UTC milliseconds."""
    cause: str = ""
    """The id of the event that it came of, by which the log follows it."""
