"""What a peer supporter can do: answer an offer, ask for a counselor, say how a talk was for them."""

from __future__ import annotations

from bot.casework import peers
from bot.casework.choosing import do_with_case
from bot.casework.crisis import Concern
from bot.casework.handing import bring_counselor
from bot.casework.reach import Reach
from bot.casework.summary import topic_label
from bot.casework.talk import start_rest_timer
from bot.casework.timeline import noted
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing, Noted, Purpose, Timer
from bot.casework.work import FlowEnded, Work
from bot.model.address import Side
from bot.model.case import Case, State
from bot.model.conversation import ButtonAct, Held
from bot.model.event import PersonId, Receipt, TimerRang
from bot.model.level import Level
from bot.model.person import Role
from handlers.registry import Command, Handles

SUPPORTERS = frozenset({Role.SUPPORTER})
ESCALATE = "escalate"
CONSULT = "consult"


async def accept(visit: Visit, act: ButtonAct) -> None:
    """Takes the offered case; who comes too late is told so."""
    person = await visit.person()
    case = await visit.work.tx.case(act.case)
    if case is None or not person.has(Role.SUPPORTER) or await peers.accept(visit.work, person, case) is None:
        await visit.say("offer.gone")


async def decline(visit: Visit, act: ButtonAct) -> None:
    await _refuse(visit, act, known=False)


async def knows_student(visit: Visit, act: ButtonAct) -> None:
    """A conflict of interest: this supporter is never offered this student again."""
    await _refuse(visit, act, known=True)


async def offer_passed(work: Work, _: PersonId, ring: TimerRang) -> None:
    """The supporter has not answered in time; the case goes to the next."""
    case = await work.tx.case(ring.case)
    if case is not None and case.offered_to == ring.data:
        await peers.refuse(work, ring.data, case, passed=True)


async def offer_ended(work: Work, owner: PersonId, receipt: Receipt) -> None:
    """An offer that cannot be delivered has not been seen: the next one is asked at once."""
    if receipt.failure is not None:
        await offer_passed(work, owner, TimerRang(Timer.OFFER.value, receipt.case, receipt.data))


async def escalate(visit: Visit, words: str) -> None:
    """`/escalate why`: brings in a counselor; the supporter stays until the counselor's first words have arrived."""
    await do_with_case(visit, Held(words.strip(), visit.message, ESCALATE), escalate_case)


async def escalate_case(visit: Visit, case: Case, held: Held) -> None:
    await bring_counselor(visit, case, Concern(Level.RED, "supporter"), held.text)


async def consult(visit: Visit, words: str) -> None:
    """`/consult question`: asks the counselors on duty about a case, without the student's words."""
    if not words.strip():
        await visit.say("consult.empty")
        return
    await do_with_case(visit, Held(words.strip(), visit.message, CONSULT), consult_case)


async def consult_case(visit: Visit, case: Case, held: Held) -> None:
    """The question goes to counselors on duty, or to all of them; an answer comes back by reply."""
    work = visit.work
    party = case.party_of(visit.person_id)
    if party is None:
        await visit.say("case.not_yours")
        return
    counselors = [e for e in await work.tx.staff() if Role.COUNSELOR in e.roles and e.person != visit.person_id]
    asked = [entry for entry in counselors if entry.on_duty] or counselors
    for entry in asked:
        to = await work.reach(entry.person, Side.STAFF)
        if to is not None:
            topic = topic_label(work, case.topic, to.language)
            ref = f"consult:{case.id}:{visit.message}"
            await work.say(to, "consult.asked", ref=ref, alias=party.alias, topic=topic, question=held.text)
    await visit.say("consult.sent" if asked else "consult.nobody")


async def debriefed(work: Work, ended: FlowEnded) -> None:
    """Three taps: how heavy, any worry, a break. A worry brings the case to a counselor's eyes."""
    case = await work.tx.case(ended.about)
    values = ended.values
    if case is not None:
        said = " ".join(f"{name}={value}" for name, value in sorted(values.items()) if value not in {None, ""})
        work.save(noted(case, work.now, Noted.DEBRIEFED, why=said))
        if values.get("worry") == "yes":
            await _tell_counselors(work, case, ended.reach)
    await _rest(work, ended.reach, str(values.get("rest", "")))


async def _refuse(visit: Visit, act: ButtonAct, *, known: bool) -> None:
    case = await visit.work.tx.case(act.case)
    if case is None or case.state is not State.OFFERED or case.offered_to != visit.person_id:
        await visit.say("offer.gone")
        return
    await peers.refuse(visit.work, visit.person_id, case, known=known)


async def _tell_counselors(work: Work, case: Case, supporter: Reach) -> None:
    for entry in await work.tx.staff():
        if Role.COUNSELOR in entry.roles and entry.person != supporter.person:
            to = await work.reach(entry.person, Side.STAFF)
            if to is not None:
                await work.say(to, "debrief.worry", alias=case.student.alias)


async def _rest(work: Work, to: Reach, wish: str) -> None:
    person = await work.tx.person(to.person)
    if person is None or person.staff is None:
        return
    if wish == "short":
        until = max(person.staff.resting_until, work.now + work.settings.rest_ms)
        await work.change_staff(person.id, resting_until=until)
        start_rest_timer(work, person.id, until)
    elif wish == "stop":
        await work.change_staff(person.id, on_duty=False, on_duty_since=0)


HANDLES = Handles(
    commands=(
        Command(Side.STAFF, "escalate", escalate, SUPPORTERS),
        Command(Side.STAFF, "consult", consult, SUPPORTERS),
    ),
    acts={Act.ACCEPT: accept, Act.DECLINE: decline, Act.KNOWN: knows_student},
    timers={Timer.OFFER: offer_passed},
    receipts={Purpose.OFFER: offer_ended},
    flow_ends={Conversing.DEBRIEF: debriefed},
    verbs={ESCALATE: escalate_case, CONSULT: consult_case},
)
