"""The small interface behind which every platform stands.

A driver turns a platform's updates into arrivals and carries messages to addresses. It decides nothing: no rule of
the program lives there, and nothing outside `bot.platforms` may assume a certain platform.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.model.address import Address, Side
from bot.model.event import Event, Milliseconds
from bot.model.outgoing import Failure, What
from bot.model.text import Language


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as an event, with the key by which a repetition is known: bot and the platform's update id."""

    key: str
    event: Event


@dataclass(frozen=True, slots=True)
class Batch:
    """What one look at the platform brought. `cursor` acknowledges everything in it at the next look.

    `ignored` counts by reason the updates that mean nothing to us by decision (a group, a channel, a bot's own);
    `malformed` counts those that do not have the documented shape. Both are acknowledged; neither stops anything.
    """

    arrivals: tuple[Arrival, ...]
    cursor: str
    ignored: Mapping[str, int] = field(default_factory=dict)
    malformed: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message was taken by the platform; `messages` are its ids there, more than one when it was sent in parts."""

    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that a bot offers in its menu, in one language: (name, description) in order."""

    side: Side | None
    """None when one bot serves both sides."""
    language: Language
    """Empty for everybody whose language has no menu of its own."""
    commands: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reception:
    """How a platform hands a bot's updates over, as it says itself. For operators, never for decisions."""

    pushes: bool
    """It sends them to an address; otherwise it waits to be asked."""
    as_wanted: bool
    """That is what we asked for, the address included."""
    waiting: int
    """Updates that nobody has taken yet."""
    failure: str = ""
    """What went wrong when it last failed to send one, in its words without addresses and ids; empty for nothing."""
    failed_at: Milliseconds = 0


class TryLater(Exception):
    """A passing trouble: a limit, the network, the platform's own error. The message must be sent again.

    `after_ms` is how long the platform asked us to wait (None if it did not say); `whole_bot` is true when it holds
    for everything that this bot sends, not just for this chat.
    """

    arrived: tuple[str, ...] = ()
    """Of a message that goes out in parts: the ids of those that the platform has. The next attempt leaves them out."""

    def __init__(self, reason: str, after_ms: int | None = None, *, whole_bot: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_ms = after_ms
        self.whole_bot = whole_bot


class GivenUp(Exception):
    """The platform will never take this message."""

    def __init__(self, failure: Failure, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure
        self.reason = reason
        """Short, of a known few, and free of text and ids: it goes into logs and metrics."""


class Unauthorized(Exception):
    """The platform does not know our token: nothing can be received or sent until an operator mends the config."""

    arrived: tuple[str, ...] = ()
    """As in `TryLater`."""


class Crowded(Exception):
    """Somebody else receives this bot's updates (Telegram's 409): another poller, or a webhook is set."""


class Platform(Protocol):
    """One driver with its bots open. Bots are named as in the config: `student`, `staff`."""

    @property
    def name(self) -> str:
        """The word in `Address.platform`."""

    async def open(self) -> None:
        """Prepares connections. Sends nothing."""

    async def close(self) -> None: ...

    async def prepare(self, bot: str, menus: Sequence[Menu]) -> None:
        """Tells the platform how we want to receive, and which commands to show. Raises TryLater or Unauthorized."""

    async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
        """Waits up to `wait_s` seconds for updates after `cursor` (empty at first), which also acknowledges all before.

        Raises TryLater, Unauthorized, Crowded.
        """

    async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
        """Carries one message. `message` is the platform's id of what an EditText or a DeleteMessage is about;
        `arrived` are the parts that the platform has from an earlier attempt, whoever made it.

        Raises TryLater, GivenUp, Unauthorized.
        """

    async def reception(self, bot: str) -> Reception:
        """Raises TryLater, Unauthorized."""

    async def username(self, bot: str) -> str:
        """The name under which people find the bot, for links."""
