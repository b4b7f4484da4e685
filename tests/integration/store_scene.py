"""Arrivals, people and short ways to work an event, for the tests of the store."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.model.address import Address
from bot.model.event import Body, Event, Lane, TextSaid
from bot.model.outgoing import SendText
from bot.runtime.platform import Arrival
from bot.runtime.store import Parcel, Work
from bot.runtime.transaction import Transaction
from bot.store import RedisStore
from bot.store.connect import Server

NOW = 1_800_000_000_000
_numbers = itertools.count(1)


def address(chat: str = "4711") -> Address:
    return Address("test", "student", chat)


def arrival(person: str, text: str = "halo", key: str = "", body: Body | None = None) -> Arrival:
    number = next(_numbers)
    event = Event(f"event_{number}", person, NOW, body or TextSaid(text, str(number)))
    return Arrival(key or f"student:{number}", event)


async def receive(store: RedisStore, person: str, text: str = "halo", lane: Lane = Lane.NORMAL, key: str = "") -> int:
    return await store.intake.receive([(arrival(person, text, key), lane)])


async def take(store: RedisStore, lane: Lane = Lane.NORMAL) -> Work:
    """The one mailbox that waits in the lane."""
    works = await store.mailboxes.ready(lane, 10, 0)
    assert len(works) == 1, works
    return works[0]


async def nothing_waits(store: RedisStore, lane: Lane = Lane.NORMAL) -> bool:
    return not await store.mailboxes.ready(lane, 10, 0)


async def work_on(
    store: RedisStore,
    work: Work,
    handler: Callable[[Transaction], Awaitable[None]] | None = None,
    *,
    go_on: bool = True,
) -> Work | None:
    transaction = store.mailboxes.begin(work, NOW, 1)
    if handler is not None:
        await handler(transaction)
    return await store.mailboxes.commit(transaction, go_on=go_on)


async def send(
    store: RedisStore, *texts: str, chat: str = "4711", lane: Lane = Lane.NORMAL, person: str = "p_x"
) -> None:
    """Puts texts into a chat's outbox, as a handler would."""

    async def handler(tx: Transaction) -> None:
        for text in texts:
            tx.send(address(chat), SendText(text), lane=lane)

    await receive(store, person)
    await work_on(store, await take(store), handler)


async def parcel(store: RedisStore, lane: Lane = Lane.NORMAL) -> Parcel:
    parcels = await store.outbox.ready(lane, 10, 0)
    assert len(parcels) == 1, parcels
    return parcels[0]


def said(work: Work | None) -> str:
    assert work is not None
    assert work.event is not None
    assert isinstance(work.event.body, TextSaid)
    return work.event.body.text


def text_of(parcel: Parcel | None) -> str:
    assert parcel is not None
    assert parcel.outgoing is not None
    assert isinstance(parcel.outgoing.what, SendText)
    return parcel.outgoing.what.text


def just_before(patch: pytest.MonkeyPatch, script: str, act: Callable[[], Awaitable[object]]) -> None:
    """Lets somebody else act between our last step and the next call of this script, as where we were frozen there."""
    plain = Server.script

    async def acted_first(server: Server, name: str, *args: Any, **options: Any) -> Any:
        if name == script:
            patch.setattr(Server, "script", plain)
            await act()
        return await plain(server, name, *args, **options)

    patch.setattr(Server, "script", acted_first)
