"""Somebody blocked the bot, or came back: whoever is in a case with them is told, and nobody waits for the other."""

from __future__ import annotations

import msgspec

from bot.casework import relay
from bot.casework.losing import helper_lost
from bot.casework.reach import Reach
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.event import Event
from bot.model.person import Person


async def reach_changed(work: Work, event: Event, reachable: bool) -> None:
    """Notes it, and tells the other side of an open case when the person has gone."""
    person = await work.tx.person(event.person)
    if person is None:
        return
    sides = frozenset({event.side}) if event.side is not None else frozenset(Side)
    unreachable = person.unreachable - sides if reachable else person.unreachable | sides
    if unreachable == person.unreachable:
        return
    person = msgspec.structs.replace(person, unreachable=unreachable)
    work.save(person)
    if not reachable:
        await _gone(work, person, sides)


async def _gone(work: Work, person: Person, sides: frozenset[Side]) -> None:
    own = await work.tx.case(person.own_case) if person.own_case else None
    if own is not None and own.student.side in sides:
        for party in relay.listeners(own):
            await work.say(Reach.of(party), "talk.student_unreachable", alias=own.student.alias)
    if person.staff is None or Side.STAFF not in sides:
        return
    await work.change_staff(person.id, on_duty=False, on_duty_since=0)
    for held in (*person.staff.holding, *person.staff.offered):
        case = await work.tx.case(held)
        if case is not None:
            await helper_lost(work, person.id, case)
