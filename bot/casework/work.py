"""One event's work: the transaction together with the content and the settings, and how texts leave it.

Everything that a person reads passes through `say` or `send`, so language, side label and buttons are decided in one
place. Documents are read and written through the transaction; this class holds none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

import msgspec

from bot.casework.reach import Reach
from bot.casework.settings import DAY_MS, Settings
from bot.casework.words import Conversing
from bot.content import Content
from bot.flow import Flows
from bot.model.address import Side
from bot.model.case import Case
from bot.model.conversation import ButtonAct, Conversation
from bot.model.event import CaseId, Lane, PersonId
from bot.model.outgoing import Button, EditText, Keyboard, ReceiptWanted, SendText, What
from bot.model.person import Person
from bot.model.session import Session, Value
from bot.model.text import Language
from bot.runtime.transaction import Transaction

MOST_BUTTONS = 60
"""Buttons of one conversation that are remembered; the oldest are forgotten, and a press on one of them is stale."""
KEEP_CONVERSATION_MS = 30 * DAY_MS
"""A conversation in which nothing happened for so long is forgotten; the person is not."""

Choice: TypeAlias = tuple[str, ButtonAct]
"""A button's label and what it does."""
Watched: TypeAlias = Callable[[], AbstractContextManager[None]]
"""Begins to watch over a piece of work, until its end: for measuring."""


class Contents(Protocol):
    """The content that is live, and the editions that running conversations began with."""

    @property
    def current(self) -> Content: ...

    def edition(self, edition: str) -> Content | None: ...


@dataclass(frozen=True, slots=True)
class FlowEnded:
    """A flow that has come to its end in this work: why it was started, with whom, about which case, what it saved."""

    purpose: Conversing
    reach: Reach
    about: CaseId
    values: Mapping[str, Value]


def is_kept(person: Person) -> bool:
    """Somebody who has agreed, helps, or is being helped is kept; everybody else is forgotten by themselves."""
    return bool(person.consent or person.is_staff or person.own_case)


class Work:
    """Passed to everything that works on an event. Cheap; made anew for each attempt."""

    def __init__(self, tx: Transaction, contents: Contents, settings: Settings, judging: Watched = nullcontext) -> None:
        """Every screening of a text happens within `judging`."""
        self.tx = tx
        self.contents = contents
        self.content = contents.current
        self.settings = settings
        self.judging = judging
        self.ended: list[FlowEnded] = []
        """Flows that ended and whose end nobody has acted on yet."""
        self.troubles: list[str] = []
        """What did not work in content and was passed over; for the log, free of anybody's words."""

    def flows_of(self, session: Session) -> Flows:
        """The flows that a conversation began with; today's where that edition is not to be had any more."""
        begun_with = self.contents.edition(session.edition)
        return (begun_with or self.content).flows

    @property
    def now(self) -> int:
        return self.tx.now

    def language(self, person: Person) -> Language:
        return person.language or self.settings.languages[0]

    def time_of_day(self, at: int) -> str:
        """As the program's clocks show it: `14:05`."""
        return datetime.fromtimestamp(at / 1_000, self.settings.timezone).strftime("%H:%M")

    def text(self, key: str, language: Language, **values: object) -> str:
        """One sentence, with `values` put in literally."""
        return self.content.say(key, language, **values)

    async def reach(self, person: PersonId, side: Side) -> Reach | None:
        """How to reach somebody on this side; None where they have no address there."""
        found = await self.tx.person(person)
        return Reach.to(found, side, self.settings.languages[0]) if found else None

    async def keyboard(self, to: Reach, *rows: Sequence[Choice]) -> Keyboard:
        """Buttons by their tokens, remembered in the conversation of whoever gets them.

        What a button does keeps its token when it is shown again, so repeated questions push nothing else out.
        """
        conversation = await self.tx.conversation(to.person, to.side)
        known = {act: token for token, act in conversation.buttons.items()}
        acts = {act for row in rows for _, act in row}
        buttons = {token: act for token, act in conversation.buttons.items() if act not in acts}
        keyboard: list[tuple[Button, ...]] = []
        for row in rows:
            made = [(Button(label, known.get(act) or self.tx.new_id("b")), act) for label, act in row]
            buttons.update({button.token: act for button, act in made})
            keyboard.append(tuple(button for button, _ in made))
        newest = dict(list(buttons.items())[-MOST_BUTTONS:])
        await self.change_conversation(to.person, to.side, buttons=newest)
        return tuple(keyboard)

    async def say(
        self,
        to: Reach,
        key: str,
        *rows: Sequence[Choice],
        lane: Lane = Lane.NORMAL,
        ref: str = "",
        receipt: ReceiptWanted | None = None,
        **values: object,
    ) -> None:
        """Says the bubbles of a sentence; the buttons, the ref and the receipt are the last bubble's."""
        await self.say_with(to, key, values, rows, lane=lane, ref=ref, receipt=receipt)

    async def say_with(
        self,
        to: Reach,
        key: str,
        values: Mapping[str, object],
        rows: Sequence[Sequence[Choice]] = (),
        *,
        lane: Lane = Lane.NORMAL,
        ref: str = "",
        receipt: ReceiptWanted | None = None,
    ) -> None:
        """The same, for those who have the values at hand as a mapping."""
        bubbles = self.content.bubbles(key, to.language, **values)
        keyboard = await self.keyboard(to, *rows) if rows else ()
        for bubble in bubbles[:-1]:
            await self.send(to, SendText(bubble), lane=lane)
        await self.send(to, SendText(bubbles[-1], keyboard, ref), lane=lane, receipt=receipt)

    async def send(
        self, to: Reach, what: What, *, lane: Lane = Lane.NORMAL, receipt: ReceiptWanted | None = None
    ) -> None:
        """Puts one message into the outbox, with the label of its side where one bot serves both."""
        if isinstance(what, SendText | EditText):
            what = msgspec.structs.replace(what, text=await self._labelled(to, what.text))
        self.tx.send(to.address, what, lane=lane, receipt=receipt)

    async def change_person(self, person: PersonId, **changes: object) -> Person | None:
        """Reads the newest state of a person, changes it, and returns it; None where the person is unknown."""
        found = await self.tx.person(person)
        if found is None:
            return None
        changed = msgspec.structs.replace(found, **changes)
        self.save(changed)
        return changed

    async def change_staff(self, person: PersonId, **changes: object) -> Person | None:
        """The same for a person's staff side; None where they have none."""
        found = await self.tx.person(person)
        if found is None or found.staff is None:
            return None
        return await self.change_person(person, staff=msgspec.structs.replace(found.staff, **changes))

    async def change_conversation(self, person: PersonId, side: Side, **changes: object) -> Conversation:
        """The same for a conversation, which always exists."""
        changed = msgspec.structs.replace(await self.tx.conversation(person, side), **changes)
        owner = await self.tx.person(person)
        kept_ms = KEEP_CONVERSATION_MS if owner and is_kept(owner) else self.settings.keep_unconsented_ms
        self.tx.save(changed, keep_until=self.now + kept_ms)
        return changed

    def save(self, document: Person | Case) -> None:
        """Writes a document, and says how long it may be kept."""
        match document:
            case Person():
                self.tx.save(document, keep_until=0 if is_kept(document) else self.now + self._brief_ms(document))
            case Case():
                self.tx.save(document, keep_until=0 if document.is_open else self.now + self.settings.keep_closed_ms)

    def _brief_ms(self, person: Person) -> int:
        """Who has not agreed is forgotten soon; who has a closed case only with it, so that /delete still finds it."""
        return self.settings.keep_closed_ms if person.past_cases else self.settings.keep_unconsented_ms

    async def _labelled(self, to: Reach, text: str) -> str:
        """Where one bot serves both sides, staff always see which side a message belongs to."""
        if not self.settings.shared_bot:
            return text
        person = await self.tx.person(to.person)
        if person is None or not person.is_staff:
            return text
        return f"{self.text(f'side.{to.side.value}', to.language)}\n{text}"
