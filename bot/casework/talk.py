"""A peer's talk: how it begins, how it ends, and what each of the two is told."""

from __future__ import annotations

import msgspec

from bot.casework import relay
from bot.casework.reach import Reach
from bot.casework.summary import check_in_summary, level_label, topic_label
from bot.casework.timeline import noted
from bot.casework.timers import OF_A_CASE, timer_id
from bot.casework.words import Noted, Timer
from bot.casework.work import Work
from bot.model.case import Case, Party, State, move
from bot.model.event import PersonId, TimerRang
from bot.model.level import Level
from bot.model.outgoing import EditText
from bot.model.person import Person

CLOSING_MS = 30 * 60_000
"""How long the last questions stay open before the case closes without answers."""


async def begin_talk(work: Work, case: Case, supporter: Party) -> Case:
    """Both are told; the bot falls silent (promise 11); what the student wrote meanwhile arrives."""
    await work.change_conversation(case.student.person, case.student.side, session=None, purpose="", about="")
    to = Reach.of(supporter)
    await work.send(
        to,
        EditText(
            f"case:{case.id}:offer",
            work.text("offer.accepted", to.language, alias=case.student.alias),
        ),
    )
    await work.say(
        to,
        "talk.begun_supporter",
        ref=relay.relay_ref(case, "begun"),
        alias=case.student.alias,
        own_alias=supporter.alias,
        topic=topic_label(work, case.topic, to.language),
        level=level_label(work, case.level, to.language),
        checkin=check_in_summary(work, case, to.language),
    )
    await work.say(Reach.of(case.student), "talk.begun_student", alias=supporter.alias, own_alias=case.student.alias)
    case = await relay.deliver_unread(work, case, supporter)
    work.save(case)
    relay.restart_idle(work, case)
    return case


async def end_talk(work: Work, case: Case, who: str) -> Case:
    """Ends a peer's talk. The supporter's hand is free at once; the last questions are asked by the caller."""
    case = msgspec.structs.replace(move(case, State.CLOSING), peer_left=True)
    case = noted(case, work.now, Noted.ENDED, who=who)
    work.save(case)
    work.tx.stop_timer(timer_id(Timer.IDLE, case.id))
    ring = TimerRang(Timer.CLOSING.value, case.id)
    work.tx.start_timer(timer_id(Timer.CLOSING, case.id), work.now + CLOSING_MS, case.student.person, ring)
    if case.supporter is not None:
        await let_go(work, case.supporter.person, case)
    return case


async def let_go(work: Work, person: PersonId, case: Case) -> Person | None:
    """Takes a case out of somebody's hands; after a hard one a supporter rests (promise 10)."""
    found = await work.tx.person(person)
    if found is None or found.staff is None:
        return None
    holding = tuple(held for held in found.staff.holding if held != case.id)
    rest_until = found.staff.resting_until
    was_peer = case.supporter is not None and case.supporter.person == person
    if was_peer and case.level >= Level.RED:
        rest_until = max(rest_until, work.now + work.settings.rest_ms)
        start_rest_timer(work, person, rest_until)
    return await work.change_staff(person, holding=holding, resting_until=rest_until)


def start_rest_timer(work: Work, person: PersonId, until: int) -> None:
    """When the rest is over, what waits is offered again."""
    work.tx.start_timer(f"{Timer.REST.value}:{person}", until, person, TimerRang(Timer.REST.value))


async def close(work: Work, case: Case) -> Case:
    """The end of a case: nobody holds it, no timer of it runs, and the student may open another one."""
    case = noted(move(case, State.CLOSED), work.now, Noted.CLOSED)
    case = msgspec.structs.replace(case, closed_at=work.now, unread=(), trigger=None)
    work.save(case)
    for timer in Timer:
        if timer in OF_A_CASE:
            work.tx.stop_timer(timer_id(timer, case.id))
    student = await work.tx.person(case.student.person)
    if student is not None and student.own_case == case.id:
        past = (*student.past_cases, case.id)[-MOST_PAST_CASES:]
        await work.change_person(student.id, own_case="", past_cases=past)
    return case


MOST_PAST_CASES = 50
"""Cases of one person that /export and /delete find; older ones are forgotten by their own age first."""
