"""Drills: a synthetic crisis goes the whole way that a real one goes, and closes itself.

Its student is an address on a platform of its own, on which nobody is: what is said to them is taken and forgotten.
Everybody who helps sees that it is a drill, in the student's alias and in the flags. It never calls coordinators.
"""

from __future__ import annotations

import msgspec

from bot.casework import alarm
from bot.casework.reach import Reach
from bot.casework.talk import close, let_go
from bot.casework.timers import drill_timer_id
from bot.casework.words import Drilling, Timer
from bot.casework.work import Work
from bot.model.address import DRILL_PLATFORM
from bot.model.case import Case
from bot.model.event import Nudge, PersonId, TimerRang

KEEP_MS = 24 * 3_600_000
"""How long a closed drill is kept, for whoever reports its times."""


async def begun(work: Work, person: PersonId, nudge: Nudge) -> None:
    """Comes before the synthetic student's words, and says in milliseconds when the drill is over at last."""
    ring = TimerRang(Timer.DRILL.value)
    work.tx.start_timer(drill_timer_id(person), work.now + int(nudge.data), person, ring)


async def ended(work: Work, person: PersonId, _: Nudge) -> None:
    work.tx.stop_timer(drill_timer_id(person))
    await _end(work, person)


async def drill_rang(work: Work, person: PersonId, _: TimerRang) -> None:
    """Whoever began the drill is gone, or has waited long enough."""
    await _end(work, person)


async def _end(work: Work, person: PersonId) -> None:
    """Nothing is asked of anybody: no outcome, no feedback."""
    student = await work.tx.person(person)
    case = await work.tx.case(student.own_case) if student and student.own_case else None
    if case is None or case.student.address.platform != DRILL_PLATFORM:
        return
    case = await alarm.stand_down(work, case, "drill.over")
    case = await _thank(work, case)
    case = await close(work, case)
    work.tx.save(case, keep_until=work.now + KEEP_MS)
    if (student := await work.tx.person(person)) is not None:
        work.tx.save(student, keep_until=work.now + KEEP_MS)


async def _thank(work: Work, case: Case) -> Case:
    """Whoever has taken it is free again, and told."""
    counselor = case.counselor
    if counselor is None:
        return case
    await let_go(work, counselor.person, case)
    await work.say(Reach.of(counselor), "drill.thanks", alias=case.student.alias)
    return msgspec.structs.replace(case, lease_until=0)


NUDGED = {Drilling.BEGIN: begun, Drilling.END: ended}
