"""A helper who cannot be reached any more: the student is told, and the case goes to somebody who can."""

from __future__ import annotations

import msgspec

from bot.casework import claims, peers, waiting
from bot.casework.reach import Reach
from bot.casework.talk import let_go
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Noted, Timer
from bot.casework.work import Work
from bot.model.case import Case, State, move
from bot.model.event import PersonId


async def helper_lost(work: Work, person: PersonId, case: Case) -> None:
    """An offer goes to the next, a claim back to the queue, a talk back to the waiting list, at its old place."""
    if case.offered_to == person:
        await peers.refuse(work, person, case)
    elif case.counselor is not None and case.counselor.person == person:
        await claims.give_back(work, case, Noted.HANDED_BACK)
    elif case.peer is not None and case.peer.person == person:
        await _peer_lost(work, person, case)


async def _peer_lost(work: Work, person: PersonId, case: Case) -> None:
    await let_go(work, person, case)
    case = noted(msgspec.structs.replace(case, peer_left=True), work.now, Noted.PEER_LEFT)
    await work.say(Reach.of(case.student), "talk.helper_lost")
    if case.state is not State.ACTIVE:
        work.save(case)  # with the counselors already: they go on, the peer is gone
        return
    work.tx.stop_timer(timer_id(Timer.IDLE, case.id))
    case = msgspec.structs.replace(
        move(case, State.REQUESTED), supporter=None, peer_left=False, declined=case.declined | {person}, rechecks=0
    )
    work.save(case)
    case = await peers.offer_or_wait(work, case)
    if case.state is State.REQUESTED:
        await waiting.tell(work, case, first=True)
    else:
        waiting.start_recheck(work, case)
