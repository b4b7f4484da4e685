"""Everything that happens, as an event in somebody's mailbox: there is one way in.

A platform's driver makes the bodies that come from outside; the program posts the others to itself. The set is
closed: the worker refuses to start when a body has no handler.
"""

from __future__ import annotations

import enum
from typing import TypeAlias

import msgspec

from bot.model.address import Address, Side
from bot.model.outgoing import Failure

PersonId: TypeAlias = str
CaseId: TypeAlias = str
Milliseconds: TypeAlias = int
"""Points in time are UTC, in milliseconds since 1970; spans say `_ms`."""


class Lane(enum.StrEnum):
    """Crisis outranks all other traffic inside the program and on the way out; bulk gives way to all."""

    CRISIS = "crisis"
    NORMAL = "normal"
    BULK = "bulk"


class MediaKind(enum.StrEnum):
    """What a message can be besides text."""

    VOICE = "voice"
    AUDIO = "audio"
    PHOTO = "photo"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    STICKER = "sticker"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"
    """A kind that this version does not know: polls, dice, games, and whatever comes."""


class TextSaid(msgspec.Struct, frozen=True, tag=True):
    """Somebody wrote. `message` and `reply_to` are the platform's own message ids, opaque here."""

    text: str
    message: str
    reply_to: str = ""
    edited: bool = False
    """A correction of the message with the same id."""


class MediaSent(msgspec.Struct, frozen=True, tag=True):
    """Somebody sent something that is not text. `file` is what the platform needs to send it on, opaque here."""

    kind: MediaKind
    message: str
    caption: str = ""
    file: str = ""
    reply_to: str = ""
    edited: bool = False


class CommandGiven(msgspec.Struct, frozen=True, tag=True):
    """`/name words`: `name` is in lower case and has no slash and no bot name; `words` is the rest, stripped."""

    name: str
    words: str
    message: str
    reply_to: str = ""
    replied: str = ""
    """What the message that it answers says, where the platform tells."""
    quoted: str = ""
    """The part of that which was picked to be answered, if one was."""


class ButtonPressed(msgspec.Struct, frozen=True, tag=True):
    """`press` is what the platform needs to be told that the press was seen, `message` where the button hangs."""

    token: str
    press: str
    message: str = ""


class ReachChanged(msgspec.Struct, frozen=True, tag=True):
    """The person blocked the bot (`reachable` is false) or came back."""

    reachable: bool


class TimerRang(msgspec.Struct, frozen=True, tag=True):
    """A timer ran out. `name` says which kind, `case` which case it belongs to, `data` what else it needs."""

    name: str
    case: CaseId = ""
    data: str = ""


class Receipt(msgspec.Struct, frozen=True, tag=True):
    """How the sending of a message ended for which a receipt was asked.

    `failure` is None when it arrived. `purpose` and `data` are what the asker wrote on it.
    """

    purpose: str
    case: CaseId = ""
    data: str = ""
    failure: Failure | None = None


class Nudge(msgspec.Struct, frozen=True, tag=True):
    """The program asks itself to look again: at a waiting list, or at a case from another person's mailbox."""

    name: str
    case: CaseId = ""
    data: str = ""


Body: TypeAlias = TextSaid | MediaSent | CommandGiven | ButtonPressed | ReachChanged | TimerRang | Receipt | Nudge


class Event(msgspec.Struct, frozen=True):
    """One thing that happened to one person."""

    id: str
    person: PersonId
    at: Milliseconds
    body: Body
    side: Side | None = None
    """None when one bot serves both sides: then the person's own choice of side holds."""
    address: Address | None = None
    """Where it came from; None for what the program posts to itself."""
    language: str = ""
    """The language that the platform reports for the person, or empty."""
    name: str = ""
    """The name that the platform shows, used only to warn before a person gives it away. Never stored in a document."""
