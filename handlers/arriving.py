"""Who an event is from: finds or makes their document, notes where they can be reached, and decides the side."""

from __future__ import annotations

import msgspec

from bot.casework.reach import Reach
from bot.casework.visit import Visit
from bot.casework.work import Work
from bot.model.address import Address, Side
from bot.model.event import Event
from bot.model.person import Person


async def arrive(work: Work, event: Event, message: str, reply_to: str) -> Visit | None:
    """The visit of whoever this event is from; None for an event that the program posted to itself."""
    if event.address is None:
        return None
    known = await work.tx.person(event.person)
    person = known or Person(event.person, created_at=work.now, language=_language(work, event))
    side = _side(event, person)
    person = _with_address(work, person, event.side, side, event.address)
    if person != known:
        work.save(person)
    to = Reach(person.id, side, event.address, work.language(person))
    return Visit(work, to, message, reply_to)


def _language(work: Work, event: Event) -> str:
    """The platform's language where the program speaks it; else the program's first."""
    languages = work.settings.languages
    return event.language if event.language in languages else languages[0]


def _side(event: Event, person: Person) -> Side:
    """The bot's side; where one bot serves both, the one that a staff member chose, and a student's for all others."""
    if event.side is not None:
        return event.side
    return person.side if person.is_staff else Side.STUDENT


def _with_address(work: Work, person: Person, bot_side: Side | None, side: Side, address: Address) -> Person:
    """Who writes can be reached there, whatever we thought before. One bot for both sides: on both."""
    sides = (side,) if bot_side is not None else tuple(Side)
    addresses = {**person.addresses, **dict.fromkeys(sides, address)}
    unreachable = person.unreachable - set(sides)
    if addresses == person.addresses and unreachable == person.unreachable and person.language:
        return person
    language = person.language or work.settings.languages[0]
    return msgspec.structs.replace(person, addresses=addresses, unreachable=unreachable, language=language)
