"""The waiting list as the student sees it: honest words, the place in the list, and a promise that is kept."""

from __future__ import annotations

import msgspec

from bot.casework.reach import Reach
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Act, Noted, Timer
from bot.casework.work import Choice, Work
from bot.matching import place_of
from bot.model.case import Case
from bot.model.conversation import ButtonAct
from bot.model.event import TimerRang

MINUTE_MS = 60_000


async def tell(work: Work, case: Case, *, first: bool) -> None:
    """Says where the student stands, and sets the timer for the next time that they hear from us."""
    reach = Reach.of(case.student)
    place = place_of(case.id, await work.tx.waiting(), work.now)
    on_duty = len(await work.tx.roster())
    if first:
        key = "waiting.begun" if on_duty else "waiting.nobody_on_duty"
    else:
        key = "waiting.again" if place else "waiting.being_asked"
    next_at = _next_recheck(work, case)
    await work.say(
        reach,
        key,
        *_choices(work, case, reach.language),
        place=max(place, 1),
        waited=max(0, work.now - case.since) // MINUTE_MS,
        next=max(1, round((next_at - work.now) / MINUTE_MS)),
    )
    start_recheck(work, case)


def start_recheck(work: Work, case: Case) -> None:
    """From now on until somebody says yes the student hears from us at the set times."""
    ring = TimerRang(Timer.RECHECK.value, case.id)
    work.tx.start_timer(timer_id(Timer.RECHECK, case.id), _next_recheck(work, case), case.student.person, ring)


def rechecked(work: Work, case: Case) -> Case:
    """One re-check more. Those who let the offer pass may be asked again: a missed minute must not strand anybody."""
    changed = msgspec.structs.replace(case, rechecks=case.rechecks + 1, passed=frozenset())
    changed = noted(changed, work.now, Noted.WAITING)
    work.save(changed)
    return changed


def _next_recheck(work: Work, case: Case) -> int:
    """When the next one is due: at the set times after the request, then on at the distance of the last two."""
    times = work.settings.rechecks_ms
    if case.rechecks < len(times):
        due = case.since + times[case.rechecks]
    else:
        step = times[-1] - times[-2] if len(times) > 1 else times[-1]
        due = case.since + times[-1] + step * (case.rechecks - len(times) + 1)
    return max(due, work.now + 1_000)


def _choices(work: Work, case: Case, language: str) -> list[list[Choice]]:
    return [
        [(work.text("waiting.self_help", language), ButtonAct(Act.SELF_HELP.value, case.id))],
        [
            (work.text("waiting.leave", language), ButtonAct(Act.LEAVE_LIST.value, case.id)),
            (work.text("crisis.button", language), ButtonAct(Act.CRISIS.value, case.id)),
        ],
    ]
