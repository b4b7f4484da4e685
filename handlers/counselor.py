"""What a counselor can do: see the queue, take a case, keep or hand back its lease, close it with an outcome."""

from __future__ import annotations

import msgspec

from bot.casework import candidates, claims, conversing
from bot.casework.reach import Reach
from bot.casework.relay import case_of_ref
from bot.casework.summary import level_label, topic_label
from bot.casework.talk import close, let_go
from bot.casework.timeline import noted
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing, Noted, Timer
from bot.casework.work import FlowEnded, Work
from bot.matching import in_order
from bot.model.address import Side
from bot.model.candidate import CandidateKind
from bot.model.case import Case, Entry, Outcome, State
from bot.model.conversation import ButtonAct
from bot.model.event import PersonId, TimerRang
from bot.model.person import Role
from handlers.registry import Command, Handles

COUNSELORS = frozenset({Role.COUNSELOR})
MOST_SHOWN = 10
"""Cases of the queue shown at once, the most urgent first."""


async def queue(visit: Visit, _: str) -> None:
    """`/queue`: who waits, most urgent first, each with a button to take it."""
    entries = in_order(await visit.work.tx.queue(), visit.work.now)
    if not entries:
        await visit.say("queue.empty")
        return
    await visit.say("queue.count", count=len(entries))
    for entry in entries[:MOST_SHOWN]:
        case = await visit.work.tx.case(entry.case)
        if case is None or case.student.person == visit.person_id:
            continue
        await visit.say(
            "queue.line",
            [(visit.text("alert.take"), ButtonAct(Act.TAKE.value, case.id))],
            alias=case.student.alias,
            level=level_label(visit.work, case.level, visit.language),
            topic=topic_label(visit.work, case.topic, visit.language),
            minutes=max(0, visit.work.now - case.since) // 60_000,
            since=visit.work.time_of_day(case.since),
        )


async def take(visit: Visit, act: ButtonAct) -> None:
    """One gets it; the other is told who has it."""
    person = await visit.person()
    case = await visit.work.tx.case(act.case)
    if case is None or not case.is_open:
        await visit.say("claim.over")
        return
    if not person.has(Role.COUNSELOR) or case.student.person == person.id:
        await visit.say("staff.not_allowed")
        return
    if person.staff is not None and len(set(person.staff.holding) - {case.id}) >= visit.work.settings.claims:
        await visit.say("claim.hands_full", count=visit.work.settings.claims)
        return
    if await claims.take(visit.work, person, case) is not None:
        return
    if case.counselor is not None and case.counselor.person == person.id:
        await visit.say("claim.yours_already", alias=case.student.alias)
        return
    await visit.say("claim.taken", alias=case.student.alias, who=await _colleague(visit.work, case))


async def keep(visit: Visit, act: ButtonAct) -> None:
    """The button under the reminder: the counselor is still there."""
    case = await visit.work.tx.case(act.case)
    if case is None or case.state is not State.CLAIMED or not _holds(case, visit.person_id):
        await visit.say("claim.not_yours_now")
        return
    claims.renew(visit.work, case)
    await visit.say("claim.kept", alias=case.student.alias)


async def answers_consult(visit: Visit, text: str) -> bool:
    """A reply to a supporter's question goes to that supporter, as staff's words and never the student's."""
    person = await visit.person()
    ref = await visit.work.tx.ref_of(visit.to.address, visit.reply_to) if visit.reply_to else ""
    if not ref.startswith("consult:") or not person.has(Role.COUNSELOR) or person.staff is None:
        return False
    case = await visit.work.tx.case(case_of_ref(ref))
    if case is None or case.supporter is None or not case.is_open:
        await visit.say("consult.over")
        return True
    entry = Entry(visit.work.now, person.staff.alias, Noted.NOTE.value, text)
    visit.work.save(msgspec.structs.replace(case, notes=(*case.notes, entry)))
    await visit.work.say(Reach.of(case.supporter), "consult.answered", who=person.staff.alias, answer=text)
    await visit.say("consult.answer_sent")
    return True


async def lease_rang(work: Work, _: PersonId, ring: TimerRang) -> None:
    """A silent counselor loses the case to the queue. A lease that has been renewed meanwhile stands."""
    case = await work.tx.case(ring.case)
    if case is not None and case.state is State.CLAIMED and case.lease_until <= work.now:
        await claims.give_back(work, case, Noted.LEASE_RAN_OUT)


async def lease_warning_rang(work: Work, _: PersonId, ring: TimerRang) -> None:
    case = await work.tx.case(ring.case)
    if case is not None:
        await claims.warn(work, case)


async def outcome_said(work: Work, ended: FlowEnded) -> None:
    """Closes the case with the counselor's outcome and note. Without both it stays open."""
    case = await work.tx.case(ended.about)
    word, note = str(ended.values.get("outcome") or ""), str(ended.values.get("note") or "").strip()
    if case is None or case.state is not State.CLAIMED or not _holds(case, ended.reach.person):
        await work.say(ended.reach, "claim.not_yours_now")
        return
    if word not in set(Outcome) or not note:
        await work.say(ended.reach, "claim.outcome_missing", alias=case.student.alias)
        return
    await _close(work, case, ended.reach, Outcome(word), note)


async def _close(work: Work, case: Case, counselor: Reach, outcome: Outcome, note: str) -> None:
    alias = case.counselor.alias if case.counselor else ""
    entry = Entry(work.now, alias, Noted.NOTE.value, note)
    case = msgspec.structs.replace(case, outcome=outcome, notes=(*case.notes, entry))
    case = noted(case, work.now, Noted.ENDED, who=alias, why=outcome.value)
    await let_go(work, counselor.person, case)
    peer = case.peer
    if peer is not None:
        await let_go(work, peer.person, case)
        await work.say(Reach.of(peer), "talk.counselor_closed", alias=case.student.alias)
        await conversing.start(work, Reach.of(peer), Conversing.DEBRIEF, about=case.id)
        case = msgspec.structs.replace(case, peer_left=True)
    kept = None
    if outcome is Outcome.FALSE_ALARM and case.trigger is not None:
        kept = candidates.keep(work, CandidateKind.FALSE_ALARM, case.trigger, case.student.language)
    case = await close(work, case)
    await work.say(counselor, "claim.closed", alias=case.student.alias)
    if kept is not None:
        await work.say(counselor, "missed.false_alarm")
    student = Reach.of(case.student)
    await work.say(student, "crisis.closed", alias=alias)
    await conversing.start(work, student, Conversing.CLOSING, about=case.id)


async def _colleague(work: Work, case: Case) -> str:
    """How colleagues see whoever holds the case."""
    holder = case.counselor.person if case.counselor else ""
    return next((entry.alias for entry in await work.tx.staff() if entry.person == holder), "-")


def _holds(case: Case, person: PersonId) -> bool:
    return case.counselor is not None and case.counselor.person == person


HANDLES = Handles(
    commands=(Command(Side.STAFF, "queue", queue, COUNSELORS),),
    acts={Act.TAKE: take, Act.KEEP_CLAIM: keep},
    timers={Timer.LEASE: lease_rang, Timer.LEASE_WARNING: lease_warning_rang},
    flow_ends={Conversing.OUTCOME: outcome_said},
)
