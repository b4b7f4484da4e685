"""Finds what nothing will ever move, and has it mended: cases without their timer, hands and places that name cases
which are over, timers that nobody owns.

A bot that runs is always in the middle of something, so only what is found in two looks counts. Cases and people are
mended by an event in their mailbox (`bot.casework.mending`), which a worker works; only timers of nobody are dropped.
"""

from __future__ import annotations

import asyncio
import enum
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.casework.mending import TIMER_OF, holds
from bot.casework.timers import OF_A_CASE, drill_timer_id, timer_id
from bot.casework.words import Mending, Timer
from bot.model.case import Case, State
from bot.model.event import CaseId, Event, Lane, Nudge, PersonId
from bot.model.person import Person
from bot.runtime.loop import wall_clock
from bot.runtime.platform import Arrival
from bot.store import Records, RedisStore

BETWEEN_LOOKS_S = 2.0
"""Long enough for an event that was in a hand to be committed."""
MENDED_WITHIN_S = 10.0


class Trouble(enum.StrEnum):
    """What is wrong; the words are for operators."""

    NO_TIMER = "no timer will move it"
    NO_HOLDER = "it is in nobody's hand, and in no queue"
    NOT_OFFERED = "it is offered to somebody who does not know"
    NO_STUDENT = "it belongs to nobody"
    OWN_CASE = "a person's own case is over or gone"
    HOLDS = "a helper's hand holds a case that is over or somebody else's"
    TIMER = "a timer that nobody owns"


@dataclass(frozen=True, slots=True)
class Orphan:
    """`what` is a case, a person or a timer, by its id in the store."""

    trouble: Trouble
    what: str
    person: PersonId = ""
    """In whose mailbox it is mended; empty for a timer."""

    @property
    def told(self) -> str:
        """For people: ids of cases are fine, those of persons are shortened beyond use."""
        shown = self.what if self.what != self.person else "a person"
        return f"{shown.split(':')[0] if self.trouble is Trouble.TIMER else shown}: {self.trouble.value}"


async def find(records: Records, between_s: float = BETWEEN_LOOKS_S) -> list[Orphan]:
    """What is wrong in both of two looks, and not on its way to be moved. Raises StoreTrouble."""
    first = await _look(records)
    if not first:
        return []
    await asyncio.sleep(between_s)
    both = first & await _look(records)
    busy = await records.busy(sorted({orphan.person for orphan in both if orphan.person}))
    stuck = (orphan for orphan in both if orphan.person not in busy)
    return sorted(stuck, key=lambda orphan: (orphan.trouble.name, orphan.what))


async def mend(store: RedisStore, orphans: Collection[Orphan], within_s: float = MENDED_WITHIN_S) -> list[Orphan]:
    """Has them mended, and waits until it is done; returns those that still are not. Raises StoreTrouble."""
    token = uuid.uuid4().hex
    for orphan in orphans:
        if orphan.trouble is Trouble.TIMER:
            await store.records.drop_timer(orphan.what)
        else:
            await store.intake.receive([(_order(orphan, token), Lane.CRISIS)])
    left = set(orphans)
    ends_at = asyncio.get_running_loop().time() + within_s
    while left and asyncio.get_running_loop().time() < ends_at:
        await asyncio.sleep(min(0.2, within_s))
        left &= await _look(store.records)
    return sorted(left, key=lambda orphan: (orphan.trouble.name, orphan.what))


def _order(orphan: Orphan, token: str) -> Arrival:
    of_a_person = orphan.what == orphan.person
    body = Nudge(Mending.PERSON.value) if of_a_person else Nudge(Mending.CASE.value, orphan.what)
    name = f"mend:{token}:{orphan.trouble.name}:{orphan.what}"
    return Arrival(name, Event(name, orphan.person, wall_clock(), body))


async def _look(records: Records) -> set[Orphan]:
    """One pass over everything, in batches. Keeps only open cases and staff in memory."""
    cases = {case.id: case async for case in records.cases() if case.is_open}
    found: set[Orphan] = set()
    owners: dict[PersonId, CaseId] = {}
    offers: set[tuple[PersonId, CaseId]] = set()
    async for person in records.people():
        owners[person.id] = person.own_case
        offers |= {(person.id, case) for case in (person.staff.offered if person.staff else ())}
        found |= _of_person(person, cases)
    for case in cases.values():
        found |= _of_case(case, owners, offers)
    found |= await _without_timers(records, cases)
    found |= await _timers_of_nobody(records, cases, owners)
    return found


def _of_person(person: Person, cases: Mapping[CaseId, Case]) -> set[Orphan]:
    found = set()
    own = cases.get(person.own_case)
    if person.own_case and (own is None or own.student.person != person.id):
        found.add(Orphan(Trouble.OWN_CASE, person.id, person.id))
    if person.staff is not None:
        held = [cases.get(case) for case in person.staff.holding]
        offered = [cases.get(case) for case in person.staff.offered]
        if not all(case is not None and holds(case, person.id) for case in held) or not all(
            case is not None and case.is_offered_to(person.id) for case in offered
        ):
            found.add(Orphan(Trouble.HOLDS, person.id, person.id))
    return found


def _of_case(case: Case, owners: Mapping[PersonId, CaseId], offers: Collection[tuple[PersonId, CaseId]]) -> set[Orphan]:
    student = case.student.person
    found = set()
    if owners.get(student) != case.id:
        found.add(Orphan(Trouble.NO_STUDENT, case.id, student))
    unheld = (case.state is State.CLAIMED and case.counselor is None) or (
        case.state is State.ACTIVE and case.supporter is None
    )
    if unheld:
        found.add(Orphan(Trouble.NO_HOLDER, case.id, student))
    if case.state is State.OFFERED and (case.offered_to, case.id) not in offers:
        found.add(Orphan(Trouble.NOT_OFFERED, case.id, student))
    return found


async def _without_timers(records: Records, cases: Mapping[CaseId, Case]) -> set[Orphan]:
    wanted = {timer_id(TIMER_OF[case.state], case.id): case for case in cases.values()}
    running = await records.due(tuple(wanted))
    return {
        Orphan(Trouble.NO_TIMER, case.id, case.student.person) for timer, case in wanted.items() if timer not in running
    }


async def _timers_of_nobody(
    records: Records, cases: Mapping[CaseId, Case], people: Collection[PersonId]
) -> set[Orphan]:
    found = set()
    of_cases = {timer.value for timer in OF_A_CASE}
    of_people = {timer.value for timer in (Timer.REST, Timer.QUESTION, Timer.FLOW_WAIT)}
    async for name, owner in records.timers():
        kind, _, rest = name.partition(":")
        if name == drill_timer_id(owner):
            continue  # its synthetic student may not have been written yet
        over = kind in of_cases and rest not in cases
        if not owner or over or (kind in of_people and owner not in people):
            found.add(Orphan(Trouble.TIMER, name))
    return found
