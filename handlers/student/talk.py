"""How a student's case goes on and ends: leaving the list, ending the talk, the last questions."""

from __future__ import annotations

import msgspec

from bot.casework import conversing, peers, relay, waiting
from bot.casework.reach import Reach
from bot.casework.talk import close, end_talk
from bot.casework.timeline import THE_BOT, noted
from bot.casework.visit import Visit
from bot.casework.words import Conversing, Noted
from bot.casework.work import FlowEnded, Work
from bot.model.case import Case, State
from bot.model.conversation import ButtonAct
from bot.model.event import PersonId, TimerRang

IDLE_TIMES = 4
"""A talk in which nobody has written for so many idle spans in a row is ended kindly."""


async def stop(visit: Visit, _: str) -> None:
    """`/stop`: leaves whatever is going on. A counselor's case is never closed by it: a person decides that."""
    case = await visit.own_case()
    conversation = await visit.conversation()
    if case is None or case.state is State.CLOSING:
        await conversing.stop(visit.work, visit.to)
        if case is not None:
            await close(visit.work, case)
        await visit.say("stop.stopped" if conversation.session or case else "stop.nothing")
    elif case.is_counselors:
        await _says_stop(visit, case)
    elif case.state is State.ACTIVE:
        await student_ends(visit, case)
    elif conversation.session is not None:
        await conversing.stop(visit.work, visit.to)
        await visit.say("stop.still_on_list")
    else:
        await leave(visit, case)


async def leave_list(visit: Visit, act: ButtonAct) -> None:
    """The button under the waiting words."""
    case = await visit.work.tx.case(act.case)
    if case is None or case.student.person != visit.person_id or case.state not in {State.REQUESTED, State.OFFERED}:
        await visit.say("stale.button")
        return
    await leave(visit, case)


async def leave(visit: Visit, case: Case) -> None:
    """Leaves the waiting list; an offer that is out is taken back."""
    if case.state is State.OFFERED:
        await peers.withdraw_offer(visit.work, case, "offer.student_left")
        case = msgspec.structs.replace(case, offered_to="")
    await close(visit.work, noted(case, visit.work.now, Noted.LEFT_LIST, who=case.student.alias))
    await visit.say("waiting.left")
    await peers.drain(visit.work)


async def student_ends(visit: Visit, case: Case) -> None:
    """The student ends the talk with a peer."""
    if case.supporter is not None:
        await visit.work.say(Reach.of(case.supporter), "talk.student_ended", alias=case.student.alias)
    await _ended(visit.work, case, case.student.alias)


async def closed_with_answers(work: Work, ended: FlowEnded) -> None:
    """The last questions are answered: they go into the timeline, the wish for the same person is remembered."""
    case = await work.tx.case(ended.about)
    if case is None:
        return
    said = " ".join(f"{name}={value}" for name, value in sorted(ended.values.items()) if value not in {None, ""})
    case = noted(case, work.now, Noted.FEEDBACK, who=case.student.alias, why=said)
    work.save(case)
    await _remember_wish(work, case, str(ended.values.get("again", "")))
    if case.state is State.CLOSING:
        await close(work, case)


async def closing_timed_out(work: Work, owner: PersonId, ring: TimerRang) -> None:
    """Nobody answered the last questions: the case closes without them, and the student may start anew."""
    case = await work.tx.case(ring.case)
    if case is None or case.state is not State.CLOSING:
        return
    await close(work, case)
    to = Reach.of(case.student)
    conversation = await work.tx.conversation(owner, to.side)
    if conversation.about == case.id:
        await conversing.stop(work, to)


async def rechecked(work: Work, _: PersonId, ring: TimerRang) -> None:
    """The promise to look again is kept, also while somebody is being asked."""
    case = await work.tx.case(ring.case)
    if case is None or case.state not in {State.REQUESTED, State.OFFERED}:
        return
    case = waiting.rechecked(work, case)
    if case.state is State.REQUESTED:
        case = await peers.offer_or_wait(work, case)
    await waiting.tell(work, case, first=False)


async def idle(work: Work, _: PersonId, ring: TimerRang) -> None:
    """Nobody has written for a while: the supporter is asked gently. After several times the talk ends kindly, so that
    nobody sits in a chat that is over, and the student knows how to come back.
    """
    case = await work.tx.case(ring.case)
    if case is None or case.state is not State.ACTIVE or case.supporter is None:
        return
    times = int(ring.data or 0) + 1
    if times < IDLE_TIMES:
        await work.say(Reach.of(case.supporter), "talk.idle_supporter", alias=case.student.alias)
        relay.restart_idle(work, case, times)
        return
    await work.say(Reach.of(case.supporter), "talk.ended_quiet_supporter", alias=case.student.alias)
    await work.say(Reach.of(case.student), "talk.ended_quiet_student", alias=case.supporter.alias)
    await _ended(work, case, THE_BOT)


async def _ended(work: Work, case: Case, who: str) -> None:
    """The last questions to both, and the supporter's hand is free for whoever waits."""
    supporter = case.supporter
    case = await end_talk(work, case, who)
    if supporter is not None:
        await conversing.start(work, Reach.of(supporter), Conversing.DEBRIEF, about=case.id)
    await conversing.start(work, Reach.of(case.student), Conversing.CLOSING, about=case.id)
    await peers.drain(work, back=supporter.person if supporter else "")


async def _says_stop(visit: Visit, case: Case) -> None:
    listeners = relay.listeners(case)
    await visit.say("stop.counselor_stays" if listeners else "stop.still_queued")
    for party in listeners:
        await visit.work.say(Reach.of(party), "talk.student_wants_stop", alias=case.student.alias)


async def _remember_wish(work: Work, case: Case, wish: str) -> None:
    supporter = case.supporter
    person = await work.tx.person(case.student.person)
    if supporter is None or person is None:
        return
    if wish == "same":
        await work.change_person(person.id, prefers=supporter.person)
    elif wish == "other":
        avoids = person.avoids | {supporter.person}
        await work.change_person(person.id, avoids=avoids, prefers="")
