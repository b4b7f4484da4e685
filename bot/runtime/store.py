"""What the four loops need of a store. They know no Redis: `bot.store` fills these interfaces.

A *line* is what one worker works in order: a person's mailbox, or a chat's outbox. A *ticket* is a line in one
worker's hand. Whoever holds a ticket too long (its process died, or froze) loses it to another; what they still bring
afterwards is refused as `Superseded`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model.event import Event, Lane, Milliseconds
from bot.model.outgoing import Failure, Outgoing
from bot.runtime.platform import Arrival
from bot.runtime.transaction import Transaction


class StoreTrouble(Exception):
    """The store cannot just now: down, loading, full, read-only, slow. It passes: wait and try again.

    What was asked may have been done or not, so only what is safe to repeat may be repeated.
    """


class Conflict(Exception):
    """Somebody else changed what this transaction had read. Nothing was written; the handler runs again."""


class Superseded(Exception):
    """The line is no longer in our hand, or the event is no longer its head. Nothing was written; leave it."""


class Unreadable(Exception):
    """Something stored cannot be read: sealed with a lost key, or damaged."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A line in one worker's hand."""

    line: str
    lane: Lane
    """The lane in which it waited."""
    entry: str


@dataclass(frozen=True, slots=True)
class Work:
    """A mailbox in our hand with the event at its head; `event` is None when that cannot be read (`sealed` is it)."""

    ticket: Ticket
    event: Event | None
    mark: bytes
    sealed: bytes
    known: Mapping[str, bytes | None]
    """Documents that came along, by the store's own names; a reader's short cut, checked at the commit."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A chat in our hand with the message at its head; `outgoing` is None when that cannot be read."""

    ticket: Ticket
    outgoing: Outgoing | None
    mark: bytes
    sealed: bytes
    attempts: int
    """How often it has failed before."""
    paused_ms: int
    """For how long its bot must still be quiet."""
    paced_ms: int = 0
    """How long until its turn, where limits are used up."""
    sure_until: float = math.inf
    """Until then (`loop.elapsed()`) the chat is in our hand for certain. A process may be frozen past that."""
    along: tuple[Outgoing, ...] = ()
    """Answers to presses that stand before the message: they end together with it, whatever became of them."""
    arrived: tuple[str, ...] = ()
    """Parts of the message that the platform has from an earlier attempt, by their ids there."""


class Intake(Protocol):
    """For gateways."""

    async def receive(self, arrivals: Sequence[tuple[Arrival, Lane]], *, poller: str = "") -> int:
        """Stores what was not seen before; returns how many that were. All or nothing; safe to repeat.

        With `poller` only while nobody else has its lease, which this renews: raises Superseded.
        """

    async def hold(self, poller: str) -> bool:
        """Takes or renews the lease to poll a bot; False while another process has it."""

    async def release(self, poller: str) -> None:
        """Gives the lease up, if it is ours."""


class Mailboxes(Protocol):
    """For workers."""

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Work]:
        """Takes up to `count` mailboxes from a lane; waits up to `block_s` for the first."""

    async def reclaim(self, lane: Lane, count: int) -> Sequence[Work]:
        """Takes over mailboxes whose holder has been silent for longer than the lease."""

    async def wake(self) -> None:
        """Ends all waits of `ready` at once: there is a stop."""

    async def keep(self, works: Sequence[Work]) -> None:
        """A sign of life for mailboxes in our hand."""

    async def look_again(self, work: Work) -> Work | None:
        """The mailbox as it is now; None if it is empty or not in our hand any more."""

    def begin(self, work: Work, now: Milliseconds, seed: int) -> Transaction: ...

    async def commit(self, transaction: Transaction, *, go_on: bool, poison: str = "") -> Work | None:
        """Applies everything at once and takes the event out. Returns the next event if `go_on` and there is one.

        With `poison` the event is also kept aside under that reason. Raises Conflict, Superseded.
        """

    async def is_current(self, transaction: Transaction) -> bool:
        """Whether everything that the transaction has read is still as it was."""

    async def bury(self, work: Work, why: str) -> Work | None:
        """Keeps the event aside and takes it out, with no other effect. Raises Superseded."""

    async def put_back(self, work: Work) -> None:
        """Lets the mailbox go with its event still in it."""


class Outbox(Protocol):
    """For senders."""

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Parcel]: ...

    async def reclaim(self, lane: Lane, count: int) -> Sequence[Parcel]: ...

    async def wake(self) -> None: ...

    async def keep(self, parcels: Sequence[Parcel]) -> None: ...

    async def look_again(self, parcel: Parcel) -> Parcel | None:
        """The chat as it is now; None if it is empty or not in our hand any more."""

    async def messages_of(self, parcel: Parcel, ref: str, now: Milliseconds) -> tuple[str, ...]:
        """The platform's ids of our message `ref` in this chat; empty if they are not known."""

    async def sent(self, parcel: Parcel, messages: tuple[str, ...], now: Milliseconds, *, go_on: bool) -> Parcel | None:
        """Notes the delivery, posts the receipt, takes the message and what went along out. Returns the next.

        Raises Superseded.
        """

    async def given_up(
        self, parcel: Parcel, failure: Failure, why: str, now: Milliseconds, *, keep: bool, go_on: bool
    ) -> Parcel | None:
        """The same for a message that will never arrive; with `keep` it goes to the dead letters."""

    async def later(
        self, parcel: Parcel, due: Milliseconds, *, failed: bool, named: bool = False, arrived: tuple[str, ...] = ()
    ) -> None:
        """Sets the chat aside until `due`; `failed` counts it as an attempt, and what went along is out. `arrived` are
        the parts of the message that the platform has; none: as before.

        A crisis message wakes the chat at once, unless the platform named the time.
        """

    async def pause(self, parcel: Parcel, for_ms: int) -> None:
        """Nobody sends anything by this chat's bot for so long."""

    async def put_back(self, parcel: Parcel) -> None: ...


class Timers(Protocol):
    """For clocks."""

    async def fire(self, now: Milliseconds) -> int:
        """Posts what is due; returns how many timers that were."""

    async def wake(self, now: Milliseconds) -> int:
        """Puts chats whose next attempt is due back into their lanes."""

    async def tidy(self) -> None:
        """Removes what dead processes left behind, and what was given up too long ago."""
