"""A program in a test: real handlers and store, phones that only remember what they were shown, a clock of ours.

Everything is stored and read again between turns. Time, ids and chance are fixed, so a conversation always comes out
the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from bot.casework.settings import DAY_MS, Settings
from bot.content import Content, load
from bot.model.address import Address, Side
from bot.model.case import Case
from bot.model.event import Body, CommandGiven, Event, Lane, TextSaid
from bot.model.index import RosterEntry
from bot.model.outgoing import (
    EditText,
    Failure,
    Keyboard,
    Outgoing,
    SendFile,
    SendMedia,
    SendText,
    ShowMark,
)
from bot.model.person import Role
from bot.runtime.platform import Arrival
from bot.runtime.store import Conflict, Parcel
from bot.runtime.transaction import Transaction
from bot.store import RedisStore
from handlers import Dispatcher

Seen = TypeVar("Seen")
FLOWS = Path(__file__).parents[2] / "flows"
BEGIN = 1_800_000_000_000


@cache
def content() -> Content:
    return load(FLOWS, ("id", "en"))


class OneEdition:
    """The content of today and no other."""

    @property
    def current(self) -> Content:
        return content()

    def edition(self, edition: str) -> Content | None:
        return content() if edition == content().edition else None


@dataclass
class Bubble:
    """A message as a phone shows it."""

    number: str
    text: str
    keyboard: Keyboard = ()
    before: list[tuple[str, Keyboard]] = field(default_factory=list)
    """How it was before each edit: a phone that has not refreshed yet still shows that."""


@dataclass
class Phone:
    """One chat with one bot. `said` maps what the person wrote to the number of that message."""

    name: str
    side: Side
    language: str
    address: Address
    bubbles: list[Bubble] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    blocked: bool = False


class World:
    """Acts go in through the mailboxes; `settle` works everything until nothing is left to do."""

    def __init__(self, store: RedisStore, settings: Settings | None = None) -> None:
        self.store = store
        self.settings = settings or Settings()
        self.now = BEGIN
        self.phones: dict[str, Phone] = {}
        self.shown: list[str] = []
        """What has appeared on phones since it was last emptied, a line each."""
        self.troubles: list[str] = []
        self._numbers = itertools.count(1)
        self.dispatcher = Dispatcher(OneEdition(), self.settings, lambda _, trouble: self.troubles.append(trouble))

    def add_phone(self, name: str, side: Side, language: str, person: str = "") -> Phone:
        """A phone of `person` (its owner's name where they have two)."""
        address = Address("test", side.value if not self.settings.shared_bot else "student", person or name)
        self.phones[name] = Phone(name, side, language, address)
        return self.phones[name]

    async def add_staff(self, name: str, role: Role, language: str, *, trained: bool = True, duty: bool = True) -> None:
        """Joins by a real invitation, then goes on duty; what is shown meanwhile is not kept."""
        self.add_phone(name, Side.STAFF, language)
        code = await self.store.admin.add_invite(role, self.now, DAY_MS, trained=trained)
        await self.act(name, self.command(name, f"/start {code}"))
        if duty and role is not Role.COORDINATOR:
            await self.act(name, self.command(name, "/duty on"))
        self.shown.clear()

    def command(self, name: str, text: str) -> Body:
        word, _, words = text[1:].partition(" ")
        return CommandGiven(word.lower(), words.strip(), self.new_message(name, text))

    def new_message(self, name: str, text: str) -> str:
        number = f"m{next(self._numbers)}"
        self.phones[name].said[text] = number
        return number

    async def act(self, name: str, body: Body) -> None:
        """One person does one thing, and the program comes to rest."""
        phone = self.phones[name]
        number = next(self._numbers)
        self.now += 1_000
        side = None if self.settings.shared_bot else phone.side
        person = self.store.keyring.person_id(phone.address.platform, phone.address.chat)
        event = Event(f"e{number}", person, self.now, body, side, phone.address, phone.language, name.capitalize())
        await self.store.intake.receive([(Arrival(f"u{number}", event), Lane.NORMAL)])
        await self.settle()

    async def wait(self, span_ms: int) -> None:
        """Time passes second by second, as timers may start others."""
        end = self.now + span_ms
        while self.now < end:
            self.now = min(end, self.now + 1_000)
            if await self.store.timers.fire(self.now):
                await self.settle()

    async def roster(self) -> tuple[RosterEntry, ...]:
        return await self._peek(lambda tx: tx.roster())

    async def case_of(self, name: str) -> Case | None:
        """The open case in which this person is the one who is helped."""
        phone = self.phones[name]
        person = self.store.keyring.person_id(phone.address.platform, phone.address.chat)

        async def look(tx: Transaction) -> Case | None:
            found = await tx.person(person)
            return await tx.case(found.own_case) if found and found.own_case else None

        return await self._peek(look)

    async def _peek(self, look: Callable[[Transaction], Awaitable[Seen]]) -> Seen:
        """Reads as a handler would, and changes nothing."""
        probe = Event(f"peek{next(self._numbers)}", "p_peek", self.now, TextSaid("", ""))
        await self.store.intake.receive([(Arrival(probe.id, probe), Lane.NORMAL)])
        (work,) = await self.store.mailboxes.ready(Lane.NORMAL, 1, 0)
        tx = self.store.mailboxes.begin(work, self.now, 1)
        seen = await look(tx)
        await self.store.mailboxes.commit(tx, go_on=False)
        return seen

    async def settle(self) -> None:
        while await self._work() or await self._deliver():
            pass

    async def _work(self) -> bool:
        worked = False
        for lane in Lane:
            for work in await self.store.mailboxes.ready(lane, 10, 0):
                worked = True
                current = work
                while current is not None:
                    tx = self.store.mailboxes.begin(current, self.now, next(self._numbers))
                    await self.dispatcher(tx)
                    try:
                        current = await self.store.mailboxes.commit(tx, go_on=True)
                    except Conflict:
                        current = await self.store.mailboxes.look_again(current)
        return worked

    async def _deliver(self) -> bool:
        delivered = False
        for lane in Lane:
            for parcel in await self.store.outbox.ready(lane, 10, 0):
                delivered = True
                current: Parcel | None = parcel
                while current is not None:
                    current = await self._send(current)
        return delivered

    async def _send(self, parcel: Parcel) -> Parcel | None:
        outgoing = parcel.outgoing
        assert outgoing is not None
        phone = self._phone_at(outgoing.to)
        if phone.blocked:
            return await self.store.outbox.given_up(
                parcel, Failure.BLOCKED, "blocked", self.now, keep=False, go_on=True
            )
        numbers = await self._show(phone, outgoing, parcel)
        return await self.store.outbox.sent(parcel, numbers, self.now, go_on=True)

    def _phone_at(self, address: Address) -> Phone:
        return next(phone for phone in self.phones.values() if phone.address == address)

    async def _show(self, phone: Phone, outgoing: Outgoing, parcel: Parcel) -> tuple[str, ...]:
        what = outgoing.what
        match what:
            case SendText(text, keyboard):
                phone.bubbles.append(Bubble(f"m{next(self._numbers)}", text, keyboard))
                self.shown.append(f"{phone.name} ← {_answered(phone, what)}{_flat(text)}{_labels(keyboard)}")
                return (phone.bubbles[-1].number,)
            case EditText(ref, text, keyboard):
                found = await self.store.outbox.messages_of(parcel, ref, self.now)
                bubble = next((bubble for bubble in phone.bubbles if bubble.number in found), None)
                if bubble is None:
                    phone.bubbles.append(Bubble(f"m{next(self._numbers)}", text, keyboard))
                    self.shown.append(f"{phone.name} ← (instead of an edit) {_flat(text)}{_labels(keyboard)}")
                    return (phone.bubbles[-1].number,)
                bubble.before.append((bubble.text, bubble.keyboard))
                bubble.text, bubble.keyboard = text, keyboard
                self.shown.append(f"{phone.name} ← (edited) {_flat(text)}{_labels(keyboard)}")
                return (bubble.number,)
            case ShowMark(message, mark):
                written = next((text for text, number in phone.said.items() if number == message), "?")
                self.shown.append(f"{phone.name} ← ({mark.value}: {_flat(written)})")
            case SendMedia(kind):
                self.shown.append(f"{phone.name} ← ({kind})")
            case SendFile(name):
                self.shown.append(f"{phone.name} ← (file {name})")
            case _:
                pass
        return ()


def _answered(phone: Phone, what: SendText) -> str:
    """The phone owner's own message that this one is shown as an answer to."""
    texts = [text for text, number in phone.said.items() if number == what.reply_to]
    return f"(answers: {_flat(texts[0])}) " if texts else ""


def _flat(text: str) -> str:
    return text.replace("\n", " / ")


def _labels(keyboard: Keyboard) -> str:
    return "".join(f" [{button.label}]" for row in keyboard for button in row)
