"""What staff write: to the case that is clearly meant, or asked about; never guessed."""

from __future__ import annotations

from bot.casework import claims, conversing, identity, relay
from bot.casework.choosing import ask_which, clear_case, replied_case, targets
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing
from bot.flow.effects import Typed
from bot.model.case import Case, Party, State
from bot.model.conversation import ButtonAct, Held
from bot.model.event import MediaSent, TextSaid
from bot.model.outgoing import Mark
from handlers.staff.joining import greet

SAY = "say"


async def says(visit: Visit, said: TextSaid) -> None:
    """Routes a text of the staff side."""
    cases = await targets(visit)
    held = Held(said.text, said.message, SAY)
    if said.edited:
        await _correct(visit, cases, held)
        return
    if await _answers_flow(visit, said, bool(cases)):
        return
    case = await clear_case(visit, cases)
    if case is not None:
        await _say(visit, case, held, edited=False)
    elif cases:
        await ask_which(visit, cases, held)
    else:
        await _nobody_there(visit)


async def says_for_themselves(visit: Visit, said: TextSaid) -> None:
    """Words in which a staff member is in danger themselves: to their own case's counselor, never to a student."""
    person = await visit.person()
    own = await visit.own_case()
    if own is not None:
        own = await relay.follow(visit.work, own, visit.to)
        await relay.from_student(visit.work, own, said.text, said.message, edited=said.edited)
    if person.staff is not None and person.staff.holding:
        await visit.say("crisis.not_passed_on")


async def say_in_case(visit: Visit, case: Case, held: Held) -> None:
    """The button has said which case a message is for."""
    if await claims.asks_about_lost(visit.work, await visit.conversation()):
        await conversing.stop(visit.work, visit.to)
    await _say(visit, case, held, edited=False)


async def send_anyway(visit: Visit, act: ButtonAct) -> None:
    """The sender has been warned and wants it sent."""
    held = (await visit.conversation()).held
    case = await visit.work.tx.case(act.case)
    if held is None or case is None or held.case != act.case:
        await visit.say("stale.button")
        return
    await visit.work.change_conversation(visit.person_id, visit.side, held=None)
    await _say(visit, case, held, edited=False, warned=True)


async def sends_media(visit: Visit, media: MediaSent) -> None:
    """Passed on where the program allows the kind and the case is clear."""
    cases = await targets(visit)
    case = await clear_case(visit, cases)
    party = case.party_of(visit.person_id) if case else None
    if not cases:
        await visit.say("media.cannot_read")
    elif media.kind not in visit.work.settings.relayed_kinds:
        await _refuse_media(visit, media, "media.not_relayed")
    elif case is None or party is None or not _may_speak(case, party):
        await _refuse_media(visit, media, "media.which_case")
    else:
        await relay.pass_media(visit.work, case, party, case.student, media)


async def _correct(visit: Visit, cases: list[Case], held: Held) -> None:
    """A correction follows its message into the same case, or goes nowhere."""
    belongs_to = await relay.case_of_message(visit.work, visit.to, held.message)
    case = next((case for case in cases if case.id == belongs_to), None)
    if case is not None:
        await _say(visit, case, held, edited=True)
    elif belongs_to:
        await visit.say("talk.correction_late")


async def _answers_flow(visit: Visit, said: TextSaid, has_cases: bool) -> bool:
    """A running flow takes the text, unless it replies into a case, or wants a button while a case is open.

    While an outcome is asked for, only a reply goes to a student: words about a case must never reach its student, nor
    any other's where that case has slipped out of their hands meanwhile.
    """
    conversation = await visit.conversation()
    if conversation.session is None or await replied_case(visit):
        return False
    closes = conversation.purpose == Conversing.OUTCOME.value
    if has_cases and not closes and not conversing.wants_words(visit.work, conversation.session):
        return False
    if await claims.asks_about_lost(visit.work, conversation):
        await _ask_for_whom(visit, said)
        return True
    read = await conversing.answer(visit.work, visit.to, conversation, Typed(said.text))
    if not read and conversation.purpose == Conversing.DEBRIEF.value:
        await relay.not_passed_on(visit.work, visit.to, said.message, "talk.not_passed_on_staff")
    elif not read and closes:  # the question says then how to write to the student
        relay.mark_message(visit.work, visit.to.address, said.message, Mark.FAILED)
    return True


async def _ask_for_whom(visit: Visit, said: TextSaid) -> None:
    """Only a button sends it, and ends the question about the case that was lost."""
    cases = await targets(visit)
    if cases:
        await ask_which(visit, cases, Held(said.text, said.message, SAY))
    else:
        await relay.not_passed_on(visit.work, visit.to, said.message, "case.not_yours")


async def _say(visit: Visit, case: Case, held: Held, *, edited: bool, warned: bool = False) -> None:
    work = visit.work
    if case.student.person == visit.person_id:
        await relay.from_student(work, case, held.text, held.message, edited=edited)
        return
    party = case.party_of(visit.person_id)
    if party is None or not _may_speak(case, party):
        await relay.not_passed_on(visit.work, visit.to, held.message, "case.not_yours")
        return
    if not (warned or edited) and identity.gives_away(held.text, work.tx.event.name):
        await _warn(visit, case, held)
        return
    await relay.from_staff(work, case, party, held.text, held.message, edited=edited)
    if case.counselor is not None and case.counselor.person == visit.person_id:
        claims.renew(work, case)


def _may_speak(case: Case, party: Party) -> bool:
    """A peer who has left the chat, or whose case is over, cannot write to the student any more."""
    if case.state not in {State.ACTIVE, State.QUEUED, State.CLAIMED}:
        return False
    return not (case.peer_left and party == case.supporter)


async def _warn(visit: Visit, case: Case, held: Held) -> None:
    kept = Held(held.text, held.message, "identity", case.id)
    await visit.work.change_conversation(visit.person_id, visit.side, held=kept)
    await visit.say(
        "identity.warning",
        [(visit.text("identity.send"), ButtonAct(Act.SEND_TO_STUDENT.value, case.id))],
        [(visit.text("identity.do_not_send"), ButtonAct(Act.DO_NOT_SEND.value, case.id))],
    )


async def _refuse_media(visit: Visit, media: MediaSent, key: str) -> None:
    await relay.not_passed_on(visit.work, visit.to, media.message, key)


async def _nobody_there(visit: Visit) -> None:
    person = await visit.person()
    if not person.is_staff:
        await visit.say("staff.not_staff")
        return
    await visit.say("case.none_open")
    await greet(visit, person)
