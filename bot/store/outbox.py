"""The outbox for senders: which chats have something to send, what is first, and how its sending ended."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence

import msgspec

from bot.model.event import Event, Lane, Milliseconds, Receipt
from bot.model.outgoing import AnswerPress, EditText, Failure, Outgoing, SendMedia, SendText
from bot.runtime.loop import elapsed
from bot.runtime.store import Parcel, Superseded, Ticket, Unreadable
from bot.store.call import Call, ValueNumber
from bot.store.codec import MARK_BYTES, Codecs
from bot.store.connect import Reply, Server
from bot.store.keys import Keys
from bot.store.limits import Limits
from bot.store.lines import LETTERS, Lines
from bot.store.refs import Refs

logger = logging.getLogger(__name__)

HANDED_OVER = 2
"""Messages at once: the answer to a press goes along with what follows it, for half the trips to the store."""


class SentPlan(msgspec.Struct, array_like=True):
    """As `scripts/sent.lua` documents it."""

    line: str
    entry: str
    consumer: str
    mark: ValueNumber
    count: int
    go_on: bool
    limits: list[float]
    refs_expire: int
    most: int = HANDED_OVER
    refs: list[str | ValueNumber] = msgspec.field(default_factory=list)
    receipt: list[str | ValueNumber] = msgspec.field(default_factory=list)
    dead: list[str | ValueNumber] = msgspec.field(default_factory=list)


class RedisOutbox:
    """Fills `bot.runtime.store.Outbox`."""

    def __init__(
        self, server: Server, codecs: Codecs, keys: Keys, lines: Lines, refs: Refs, limits: Limits | None
    ) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._lines = lines
        self._refs = refs
        self._limits = limits.plan() if limits is not None else []
        self._fixed = (keys.mail_places, *keys.ready, keys.chat_places, *keys.send, keys.attempts, keys.dead)

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Parcel]:
        return await self._load(await self._lines.wait(lane, count, block_s))

    async def reclaim(self, lane: Lane, count: int) -> Sequence[Parcel]:
        return await self._load(await self._lines.reclaim(lane, count))

    async def wake(self) -> None:
        await self._lines.wake()

    async def keep(self, parcels: Sequence[Parcel]) -> None:
        await self._lines.keep([parcel.ticket for parcel in parcels])

    async def look_again(self, parcel: Parcel) -> Parcel | None:
        found = await self._load([parcel.ticket])
        return found[0] if found else None

    async def messages_of(self, parcel: Parcel, ref: str, now: Milliseconds) -> tuple[str, ...]:
        return await self._refs.messages_of(parcel.ticket.line, ref, now)

    async def sent(self, parcel: Parcel, messages: tuple[str, ...], now: Milliseconds, *, go_on: bool) -> Parcel | None:
        call, plan = self._ending(parcel, now, failure=None, go_on=go_on)
        fields = self._refs.fields(parcel.ticket.line, _ref(parcel.outgoing), messages)
        plan.refs = [part for field, value in fields for part in (field, call.value(value))]
        return await self._end(parcel.ticket, call, plan)

    async def given_up(
        self, parcel: Parcel, failure: Failure, why: str, now: Milliseconds, *, keep: bool, go_on: bool
    ) -> Parcel | None:
        call, plan = self._ending(parcel, now, failure=failure, go_on=go_on)
        if keep:
            plan.dead = [f"{failure.value}: {why}", call.value(parcel.sealed)]
        return await self._end(parcel.ticket, call, plan)

    async def later(
        self, parcel: Parcel, due: Milliseconds, *, failed: bool, named: bool = False, arrived: tuple[str, ...] = ()
    ) -> None:
        ticket = parcel.ticket
        parts = self._codecs.messages.seal(arrived, _parts_of(ticket.line)) if arrived else b""
        keys = (*self._lines.keys, self._keys.attempts, self._keys.delayed, self._keys.outbox(ticket.line))
        out = len(parcel.along) if failed else 0
        args = (ticket.line, ticket.entry, self._lines.consumer, due, int(failed), out, int(named), parts)
        await self._server.script("later", keys, args)

    async def pause(self, parcel: Parcel, for_ms: int) -> None:
        await self._server.script("pause", (self._keys.pause(parcel.ticket.line),), (max(1, for_ms),))

    async def put_back(self, parcel: Parcel) -> None:
        await self._lines.put_back(parcel.ticket, self._keys.outbox(parcel.ticket.line))

    def _ending(
        self, parcel: Parcel, now: Milliseconds, *, failure: Failure | None, go_on: bool
    ) -> tuple[Call, SentPlan]:
        """What every end of a message has in common, the receipt among it."""
        ticket = parcel.ticket
        refs_key, refs_expire = self._refs.place(ticket.line, now)
        own = (self._keys.outbox(ticket.line), refs_key, self._keys.pause(ticket.line), self._keys.granted)
        call = Call((*self._fixed, *own, *self._keys.paces(ticket.line)))
        plan = SentPlan(
            line=ticket.line,
            entry=ticket.entry,
            consumer=self._lines.consumer,
            mark=call.value(parcel.mark),
            count=len(parcel.along) + 1,
            go_on=go_on,
            refs_expire=refs_expire,
            limits=self._limits,
        )
        if parcel.outgoing is not None and parcel.outgoing.receipt is not None:
            wanted = parcel.outgoing.receipt
            body = Receipt(wanted.purpose, wanted.case, wanted.data, failure)
            event = Event(f"event_{uuid.uuid4().hex}", wanted.person, now, body)
            mailbox = self._keys.mailbox(wanted.person)
            element = call.value(self._codecs.event.element(event, mailbox))
            plan.receipt = [call.key(mailbox), wanted.person, LETTERS[Lane(parcel.outgoing.lane)], element]
        return call, plan

    async def _end(self, ticket: Ticket, call: Call, plan: SentPlan) -> Parcel | None:
        asked_at = elapsed()
        reply = await self._server.script("sent", call.keys, call.args(plan))
        if reply[0] == b"superseded":
            raise Superseded
        return self._parcel(ticket, asked_at, reply[1], 0, reply[2], reply[3], None) if reply[1] else None

    async def _load(self, tickets: Sequence[Ticket]) -> list[Parcel]:
        """What is first in each chat that is still ours, how often it failed, and whether it may be sent now.

        All in one step: this process may have been frozen since it took them, and another may have them by now.
        """
        if not tickets:
            return []
        call = Call((*self._lines.keys, self._keys.attempts, self._keys.granted))
        chats = [
            (
                call.key(self._keys.outbox(ticket.line)),
                call.key(self._keys.pause(ticket.line)),
                *(call.key(key) for key in self._keys.paces(ticket.line)),
                ticket.line,
                LETTERS[ticket.lane],
                ticket.entry,
            )
            for ticket in tickets
        ]
        plan = (self._lines.consumer, self._limits, HANDED_OVER, chats)
        asked_at = elapsed()
        replies = await self._server.script("heads", call.keys, call.args(plan))
        found = []
        for ticket, reply in zip(tickets, replies, strict=True):
            if reply is None:
                continue
            elements, attempts, paused, paced, parts = reply
            if elements:
                found.append(self._parcel(ticket, asked_at, elements, attempts, paused, paced, parts))
            else:
                await self._lines.put_back(ticket, self._keys.outbox(ticket.line))
        return found

    def _parcel(
        self, ticket: Ticket, asked_at: float, elements: Sequence[bytes], attempts: Reply, paused: int, paced: int,
        parts: bytes | None,
    ) -> Parcel:  # fmt: skip
        first, *others = elements
        mark, sealed = first[:MARK_BYTES], first[MARK_BYTES:]
        outgoing = self._opened(ticket, first)
        along: tuple[Outgoing, ...] = ()
        if others and outgoing is not None and _goes_along(outgoing):
            following = self._opened(ticket, others[0])
            if following is not None:
                along, outgoing, sealed = (outgoing,), following, others[0][MARK_BYTES:]
        sure_until = asked_at + self._lines.lease_ms / 1000
        tries, arrived = int(attempts or 0), self._arrived(ticket, parts)
        return Parcel(ticket, outgoing, mark, sealed, tries, paused, paced, sure_until, along, arrived)

    def _arrived(self, ticket: Ticket, parts: bytes | None) -> tuple[str, ...]:
        if parts is None:
            return ()
        try:
            return self._codecs.messages.open(parts, _parts_of(ticket.line))
        except Unreadable as error:
            logger.error("what has arrived of a message to %s cannot be read: %s", ticket.line, error)  # noqa: TRY400
            return ()

    def _opened(self, ticket: Ticket, element: bytes) -> Outgoing | None:
        try:
            return self._codecs.outgoing.open_element(element, self._keys.outbox(ticket.line))
        except Unreadable as error:
            logger.error("a message to %s cannot be read: %s", ticket.line, error)  # noqa: TRY400
            return None


def _parts_of(chat: str) -> str:
    """What the ids of its first message's parts are sealed for."""
    return f"{chat}:arrived"


def _goes_along(outgoing: Outgoing) -> bool:
    return isinstance(outgoing.what, AnswerPress) and outgoing.receipt is None


def _ref(outgoing: Outgoing | None) -> str:
    match outgoing:
        case Outgoing(what=SendText(ref=ref) | EditText(ref=ref) | SendMedia(ref=ref)):
            return ref
        case _:
            return ""
