"""A school's people without phones: what they write goes straight into a store, as a gateway would put it there.

Puts in and looks at, and measures nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app.nowhere import Nowhere
from bot.casework.settings import Settings
from bot.content import Content
from bot.model.address import Address, Side
from bot.model.event import Body, CommandGiven, Event, Lane, PersonId, TextSaid
from bot.model.outgoing import What
from bot.model.person import Consent, Person, Role, Staff
from bot.platforms.telegram.updates import PLATFORM
from bot.runtime.handler import Handler
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Arrival, Sent
from bot.runtime.sender import Sender
from bot.runtime.transaction import Transaction
from bot.runtime.worker import Worker
from bot.store import EmbeddedServer, Keyring, RedisStore, open_store
from handlers import Dispatcher

PROGRAM = "sebaya"
WHOLE = ("/start", "Ya", "Ya, aku setuju", "3", "5", "Kesepian", "Tidak", "Nggak dulu", "Informasi saja")
"""A conversation from the beginning to its end, as somebody types it who presses no buttons."""
OPEN = WHOLE[:-1]
"""The same up to the last question."""
IN_DANGER = "aku mau bunuh diri malam ini"
FIRST_STUDENT, FIRST_COUNSELOR = 100_000, 50_000
AT_ONCE = 200
"""Arrivals of one step."""
WORKED_WITHIN_S = 120.0
LOOK_EVERY_S = 0.02

_numbers = itertools.count(1)


@asynccontextmanager
async def embedded(folder: Path, keyring: Keyring) -> AsyncIterator[RedisStore]:
    """A server of our own in `folder`, which bots with the same folder join, and a store on it."""
    server = EmbeddedServer(folder)
    await server.open()
    store = open_store(server.url, PROGRAM, keyring)
    try:
        await store.prepare()
        yield store
    finally:
        await store.close()
        await server.close()


def person_of(keyring: Keyring, number: int) -> PersonId:
    return keyring.person_id(PLATFORM, str(number))


def says(keyring: Keyring, number: int, text: str) -> Arrival:
    """A student writes."""
    message = str(next(_numbers))
    body: Body = CommandGiven(text[1:], "", message) if text.startswith("/") else TextSaid(text, message)
    address = Address(PLATFORM, Side.STUDENT.value, str(number))
    person = person_of(keyring, number)
    event = Event(f"event_{message}", person, wall_clock(), body, Side.STUDENT, address, "id", f"P{number}")
    return Arrival(f"student:{message}", event)


async def put(store: RedisStore, arrivals: Iterable[Arrival], lane: Lane = Lane.NORMAL) -> int:
    """Returns how many were stored."""
    waiting = list(arrivals)
    for first in range(0, len(waiting), AT_ONCE):
        await store.intake.receive([(arrival, lane) for arrival in waiting[first : first + AT_ONCE]])
    return len(waiting)


async def write(store: RedisStore, people: Iterable[Person]) -> None:
    """Puts documents into the store."""

    async def handler(tx: Transaction) -> None:
        for person in people:
            tx.save(person)

    await commit_as(store, handler)


async def commit_as(store: RedisStore, handler: Handler) -> None:
    """One commit, of an event in a mailbox and a lane that nobody else works."""
    await worked(store, says(store.keyring, 0, "writes"), Lane.BULK, handler)


async def worked(store: RedisStore, arrival: Arrival, lane: Lane, handler: Handler) -> None:
    """Takes one arrival in, works it and commits, where nothing else waits in its lane."""
    await store.intake.receive([(arrival, lane)])
    (work,) = await store.mailboxes.ready(lane, 1, 1.0)
    transaction = store.mailboxes.begin(work, wall_clock(), random.getrandbits(64))
    await handler(transaction)
    await store.mailboxes.commit(transaction, go_on=True)


def student(keyring: Keyring, number: int) -> Person:
    """Somebody who has agreed long ago."""
    now = wall_clock()
    address = Address(PLATFORM, Side.STUDENT.value, str(number))
    person = person_of(keyring, number)
    return Person(person, now, "id", addresses={Side.STUDENT: address}, consent=Consent("1", "id", now))


def counselor(keyring: Keyring, number: int) -> Person:
    """Somebody on duty."""
    now = wall_clock()
    staff = Staff(frozenset({Role.COUNSELOR}), f"Kenari {number}", on_duty=True, on_duty_since=now)
    address = Address(PLATFORM, Side.STAFF.value, str(number))
    person = person_of(keyring, number)
    return Person(person, now, "id", Side.STAFF, {Side.STAFF: address}, Consent("1", "id", now), staff)


class OneEdition:
    """The content of today and no other. Fills `bot.casework.work.Contents`."""

    def __init__(self, content: Content) -> None:
        self.current = content

    def edition(self, edition: str) -> Content | None:
        return self.current if edition == self.current.edition else None


def handler_of(content: Content) -> Handler:
    return Dispatcher(OneEdition(content), Settings(), lambda *_: None)


class SentNowhere(Nowhere):
    """A platform that takes everything at once, and numbers it."""

    @property
    def name(self) -> str:
        return PLATFORM

    async def send(self, to: Address, what: What, message: str = "") -> Sent:
        del to, what, message
        return Sent((str(next(_numbers)),))


async def worked_here(store: RedisStore, content: Content, *, sends: bool = False) -> None:
    """Has this process work off all that waits, and send what comes of it."""
    handler, vitals = handler_of(content), Vitals()
    loops: list[Worker | Sender] = [
        Worker(
            store.mailboxes, handler, handler, vitals, now=wall_clock,
            seeds=lambda: random.getrandbits(64), chance=random.random,
        )
    ]  # fmt: skip
    if sends:
        loops.append(Sender(store.outbox, {PLATFORM: SentNowhere()}, vitals, now=wall_clock, chance=random.random))
    stop = asyncio.Event()
    working = [asyncio.create_task(loop.run(stop)) for loop in loops]
    await until_worked(store, sends=sends)
    stop.set()
    await asyncio.gather(*working)


async def waiting(store: RedisStore) -> int:
    """Mailboxes with something in them, those in a hand included."""
    return sum((await store.admin.health()).mailboxes.values())


async def unsent(store: RedisStore) -> int:
    """Chats with something to send."""
    return sum((await store.admin.health()).chats.values())


async def until_worked(store: RedisStore, *, sends: bool = False) -> None:
    """Raises TimeoutError when nobody works."""

    async def is_worked() -> bool:
        return not (await waiting(store) or (sends and await unsent(store)))

    await until(is_worked, WORKED_WITHIN_S)


async def until(is_so: Callable[[], Awaitable[bool]], within_s: float) -> None:
    """Looks again and again at what another process does. Raises TimeoutError."""
    async with asyncio.timeout(within_s):
        while not await is_so():  # noqa: ASYNC110 - nobody announces it
            await asyncio.sleep(LOOK_EVERY_S)
