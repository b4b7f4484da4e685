"""From a request to a peer who said yes: offer, accept, decline, let pass, wait, drain.

A decision here rests on the roster or on the waiting list. Both are read through the transaction, so two commits that
would miss each other ("nobody is free" and "nobody waits") conflict, and the second one looks again.
"""

from __future__ import annotations

import msgspec

from bot.casework import waiting
from bot.casework.aliases import new_alias
from bot.casework.reach import Reach
from bot.casework.summary import check_in_summary, topic_label
from bot.casework.talk import begin_talk
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Act, Noted, Purpose, Timer
from bot.casework.work import Work
from bot.matching import Need, choose, in_order
from bot.model.address import Side
from bot.model.case import Case, Party, State, move
from bot.model.conversation import ButtonAct
from bot.model.event import PersonId, TimerRang
from bot.model.outgoing import EditText, ReceiptWanted
from bot.model.person import Person


def offer_ref(case: Case) -> str:
    """Names the message that shows an offer, for its later edit."""
    return f"case:{case.id}:offer"


async def offer_or_wait(work: Work, case: Case) -> Case:
    """Offers a requested case to the best supporter; where nobody is free the case stays in the waiting list."""
    while True:
        need = await _need(work, case)
        chosen = choose(need, await work.tx.roster(), work.now)
        if chosen is None:
            return case
        reach = await work.reach(chosen.person, Side.STAFF)
        if reach is not None:
            return await _offer(work, case, reach)
        # On duty but nowhere to be reached: passed over for this case, and the next one is looked for.
        case = msgspec.structs.replace(case, passed=case.passed | {chosen.person})
        work.save(case)


async def drain(work: Work, back: PersonId = "") -> None:
    """Offers what waits, in order, as long as somebody fits. `back` has just come on duty or become free: offers that
    they once let pass may be made to them again.
    """
    for entry in in_order(await work.tx.waiting(), work.now):
        if not any(supporter.free for supporter in await work.tx.roster()):
            return
        case = await work.tx.case(entry.case)
        if case is None or case.state is not State.REQUESTED:
            continue  # the list and the case are read one after the other; the commit finds out which was too old
        if back in case.passed:
            case = msgspec.structs.replace(case, passed=case.passed - {back})
            work.save(case)
        await offer_or_wait(work, case)


async def accept(work: Work, supporter: Person, case: Case) -> Case | None:
    """The supporter takes the offered case; None when it is not theirs to take any more."""
    staff = supporter.staff
    if staff is None or not case.is_offered_to(supporter.id):
        return None
    reach = Reach.to(supporter, Side.STAFF, work.settings.languages[0])
    if reach is None:
        return None
    without = tuple(held for held in staff.offered if held != case.id)
    await work.change_staff(supporter.id, offered=without, holding=(*staff.holding, case.id))
    alias = new_alias(work, "supporter", frozenset({case.student.alias}))
    party = Party(supporter.id, Side.STAFF, reach.address, alias, reach.language)
    case = msgspec.structs.replace(move(case, State.ACTIVE), supporter=party, offered_to="")
    case = noted(case, work.now, Noted.ACCEPTED, who=alias)
    work.tx.stop_timer(timer_id(Timer.OFFER, case.id))
    work.tx.stop_timer(timer_id(Timer.RECHECK, case.id))
    return await begin_talk(work, case, party)


async def refuse(work: Work, supporter: PersonId, case: Case, *, known: bool = False, passed: bool = False) -> None:
    """The offer goes to the next: it was declined, the supporter knows the student, or the time ran out (`passed`)."""
    if not case.is_offered_to(supporter):
        return
    await withdraw_offer(work, case, "offer.passed" if passed else "offer.declined")
    if known:
        person = await work.tx.person(supporter)
        if person is not None:
            await work.change_person(supporter, avoids=person.avoids | {case.student.person})
    what = Noted.OFFER_PASSED if passed else Noted.DECLINED
    changed = msgspec.structs.replace(
        move(case, State.REQUESTED),
        offered_to="",
        declined=case.declined if passed else case.declined | {supporter},
        passed=case.passed | {supporter} if passed else case.passed,
    )
    changed = noted(changed, work.now, what)
    work.save(changed)
    changed = await offer_or_wait(work, changed)
    if changed.state is State.REQUESTED:
        await waiting.tell(work, changed, first=not changed.rechecks)
    await drain(work)


async def withdraw_offer(work: Work, case: Case, sentence: str) -> None:
    """Takes the offer off the supporter's hands and says why in its message. The caller changes the case."""
    work.tx.stop_timer(timer_id(Timer.OFFER, case.id))
    person = await work.tx.person(case.offered_to)
    if person is None or person.staff is None:
        return
    offered = tuple(held for held in person.staff.offered if held != case.id)
    await work.change_staff(person.id, offered=offered)
    reach = Reach.to(person, Side.STAFF, work.settings.languages[0])
    if reach is not None:
        text = work.text(sentence, reach.language, alias=case.student.alias)
        await work.send(reach, EditText(offer_ref(case), text))


async def _offer(work: Work, case: Case, reach: Reach) -> Case:
    person = await work.tx.person(reach.person)
    if person is not None and person.staff is not None:
        await work.change_staff(person.id, offered=(*person.staff.offered, case.id))
    case = msgspec.structs.replace(move(case, State.OFFERED), offered_to=reach.person)
    case = noted(case, work.now, Noted.OFFERED)
    work.save(case)
    ring = TimerRang(Timer.OFFER.value, case.id, reach.person)
    work.tx.start_timer(timer_id(Timer.OFFER, case.id), work.now + work.settings.offer_ms, case.student.person, ring)
    language = reach.language
    choices = [
        (work.text("offer.accept", language), ButtonAct(Act.ACCEPT.value, case.id)),
        (work.text("offer.decline", language), ButtonAct(Act.DECLINE.value, case.id)),
    ]
    known = [(work.text("offer.known", language), ButtonAct(Act.KNOWN.value, case.id))]
    await work.say(
        reach,
        "offer.new",
        choices,
        known,
        ref=offer_ref(case),
        receipt=ReceiptWanted(case.student.person, Purpose.OFFER.value, case.id, reach.person),
        alias=case.student.alias,
        topic=topic_label(work, case.topic, language),
        checkin=check_in_summary(work, case, language),
        seconds=work.settings.offer_ms // 1_000,
    )
    return case


async def _need(work: Work, case: Case) -> Need:
    student = await work.tx.person(case.student.person)
    return Need(
        student=case.student.person,
        language=case.student.language,
        topic=case.topic,
        declined=case.declined | case.passed,
        avoids=student.avoids if student else frozenset(),
        prefers=student.prefers if student else "",
    )
