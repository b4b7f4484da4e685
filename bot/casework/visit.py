"""Somebody is here: the work on their event, who they are, and how they are answered."""

from __future__ import annotations

from dataclasses import dataclass

from bot.casework.reach import Reach
from bot.casework.work import Choice, Work
from bot.model.address import Side
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import Lane, PersonId
from bot.model.person import Person
from bot.model.text import Language


@dataclass(frozen=True, slots=True)
class Visit:
    """One message, command or button of a person. `message` is the platform's id of what they sent, or empty."""

    work: Work
    to: Reach
    message: str = ""
    reply_to: str = ""

    @property
    def person_id(self) -> PersonId:
        return self.to.person

    @property
    def side(self) -> Side:
        return self.to.side

    @property
    def language(self) -> Language:
        return self.to.language

    async def person(self) -> Person:
        """The newest state of the person; a visitor always has a document."""
        found = await self.work.tx.person(self.to.person)
        return found or Person(self.to.person, self.work.now, addresses={self.to.side: self.to.address})

    async def own_case(self) -> Case | None:
        """The open case in which this person is the one who is helped."""
        person = await self.person()
        return await self.work.tx.case(person.own_case) if person.own_case else None

    async def conversation(self) -> Conversation:
        return await self.work.tx.conversation(self.to.person, self.to.side)

    async def say(self, key: str, *rows: list[Choice], lane: Lane = Lane.NORMAL, **values: object) -> None:
        await self.work.say_with(self.to, key, values, rows, lane=lane)

    def text(self, key: str, **values: object) -> str:
        return self.work.text(key, self.to.language, **values)
