"""How somebody is reached just now: a person on one side, with the address and the language."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.address import Address, Side
from bot.model.case import Party
from bot.model.event import PersonId
from bot.model.person import Person
from bot.model.text import Language


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a message goes to. Never shown to anybody."""

    person: PersonId
    side: Side
    address: Address
    language: Language

    @classmethod
    def of(cls, party: Party) -> Reach:
        return cls(party.person, party.side, party.address, party.language)

    @classmethod
    def to(cls, person: Person, side: Side, fallback: Language) -> Reach | None:
        """None when the person has never opened this side's bot."""
        address = person.addresses.get(side)
        return Reach(person.id, side, address, person.language or fallback) if address else None
