"""Mends what nothing else would ever move: a case whose timer is gone, hands that hold what is over.

Asked for by an event, like everything, so it reads what is there now and changes it in one commit. Each mend is safe
where nothing was broken: a timer starts anew, an alarm calls again, and nobody loses a place or a case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from bot.casework import alarm, claims, peers, relay, waiting
from bot.casework.talk import CLOSING_MS, close, let_go
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Mending, Noted, Timer
from bot.casework.work import Work
from bot.model.case import Alarm, Case, State, move
from bot.model.event import CaseId, Nudge, PersonId, TimerRang

TIMER_OF: Mapping[State, Timer] = {
    State.REQUESTED: Timer.RECHECK,
    State.OFFERED: Timer.OFFER,
    State.ACTIVE: Timer.IDLE,
    State.CLOSING: Timer.CLOSING,
    State.QUEUED: Timer.ALARM,
    State.CLAIMED: Timer.LEASE,
}
"""The timer that moves a case of each state if nobody else does: an open case without it can stand still for ever."""


async def case_mended(work: Work, owner: PersonId, nudge: Nudge) -> None:
    """Posted to the case's student, behind whatever is already on its way to move the case."""
    case = await work.tx.case(nudge.case)
    if case is None or not case.is_open or case.student.person != owner:
        return
    student = await work.tx.person(owner)
    if student is None or student.own_case not in {"", case.id}:
        await _close_of_nobody(work, case)
        return
    if not student.own_case:
        await work.change_person(owner, own_case=case.id)
    await _MENDS[case.state](work, case)


async def person_mended(work: Work, person: PersonId, _: Nudge) -> None:
    """Empties hands, and a place, of cases that are over or somebody else's."""
    found = await work.tx.person(person)
    if found is None:
        return
    if found.own_case and not await _is_open_case_of(work, found.own_case, person):
        found = await work.change_person(person, own_case="") or found
    if found.staff is not None:
        holding = [case for case in found.staff.holding if await _is_held_by(work, case, person)]
        offered = [case for case in found.staff.offered if await _is_offered_to(work, case, person)]
        if (tuple(holding), tuple(offered)) != (found.staff.holding, found.staff.offered):
            await work.change_staff(person, holding=tuple(holding), offered=tuple(offered))
            await peers.drain(work, back=person)


def holds(case: Case, person: PersonId) -> bool:
    """Whether it is rightly in this person's hands."""
    return case.is_open and any(party.person == person for party in relay.listeners(case))


async def _is_open_case_of(work: Work, case: CaseId, person: PersonId) -> bool:
    found = await work.tx.case(case)
    return found is not None and found.is_open and found.student.person == person


async def _is_held_by(work: Work, case: CaseId, person: PersonId) -> bool:
    found = await work.tx.case(case)
    return found is not None and holds(found, person)


async def _is_offered_to(work: Work, case: CaseId, person: PersonId) -> bool:
    found = await work.tx.case(case)
    return found is not None and found.is_offered_to(person)


async def _close_of_nobody(work: Work, case: Case) -> None:
    """Its student has been forgotten, or is helped in another case."""
    for party in (case.counselor, case.supporter):
        if party is not None:
            await let_go(work, party.person, case)
    if case.state is State.OFFERED:
        await peers.withdraw_offer(work, case, "offer.student_left")
    await close(work, case)


async def _requested(work: Work, case: Case) -> None:
    case = await peers.offer_or_wait(work, case)
    if case.state is State.REQUESTED:
        waiting.start_recheck(work, case)


async def _offered(work: Work, case: Case) -> None:
    """The offer counts as passed at once: it goes to the next, or the case waits again."""
    ring = TimerRang(Timer.OFFER.value, case.id, case.offered_to)
    work.tx.start_timer(timer_id(Timer.OFFER, case.id), work.now, case.student.person, ring)
    waiting.start_recheck(work, case)


async def _active(work: Work, case: Case) -> None:
    if case.supporter is not None:
        relay.restart_idle(work, case)
        return
    case = msgspec.structs.replace(move(case, State.REQUESTED), peer_left=False)
    work.save(case)
    await _requested(work, case)


async def _closing(work: Work, case: Case) -> None:
    ring = TimerRang(Timer.CLOSING.value, case.id)
    work.tx.start_timer(timer_id(Timer.CLOSING, case.id), work.now + CLOSING_MS, case.student.person, ring)


async def _queued(work: Work, case: Case) -> None:
    await alarm.raise_alarm(work, case)


async def _claimed(work: Work, case: Case) -> None:
    if case.counselor is not None:
        claims.renew(work, case)
        return
    case = msgspec.structs.replace(move(case, State.QUEUED), lease_until=0, alarm=Alarm(raised_at=work.now))
    case = noted(case, work.now, Noted.LEASE_RAN_OUT)
    work.save(case)
    await alarm.raise_alarm(work, case)


_MENDS: Mapping[State, Callable[[Work, Case], Awaitable[None]]] = {
    State.REQUESTED: _requested,
    State.OFFERED: _offered,
    State.ACTIVE: _active,
    State.CLOSING: _closing,
    State.QUEUED: _queued,
    State.CLAIMED: _claimed,
}

NUDGED = {Mending.CASE: case_mended, Mending.PERSON: person_mended}
