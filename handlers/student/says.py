"""What a student writes, once screening has let it through: an answer, words for whoever helps, or the menu."""

from __future__ import annotations

from bot.casework import conversing, identity, relay
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing
from bot.flow.effects import Typed
from bot.model.case import Case, State
from bot.model.conversation import ButtonAct, Conversation, Held
from bot.model.event import MediaSent, TextSaid
from bot.model.outgoing import Mark
from handlers.student.start import ENTRY, enter, has_agreed, show_menu


async def says(visit: Visit, said: TextSaid, *, urgent: bool) -> None:
    """Routes a text. `urgent`: screening has answered it, so it goes on only to people who listen, and at once."""
    person = await visit.person()
    conversation = await visit.conversation()
    case = await visit.own_case()
    if said.edited:
        await corrects(visit, case, said, urgent=urgent)
    elif case is not None and case.state is not State.CLOSING:
        await says_in_case(visit, case, said, urgent=urgent)
    elif urgent:
        return
    elif conversation.session is not None:
        await answers(visit, conversation, said)
    elif conversation.purpose == ENTRY:
        await enter(visit, said.text)
    elif not has_agreed(visit.work, person):
        await enter(visit, "")
    else:
        await show_menu(visit)


async def answers(visit: Visit, conversation: Conversation, said: TextSaid) -> None:
    """An answer to the running flow. What comes too late for a talk that has just ended is said not to have arrived."""
    read = await conversing.answer(visit.work, visit.to, conversation, Typed(said.text))
    if not read and conversation.purpose == Conversing.CLOSING.value:
        await relay.not_passed_on(visit.work, visit.to, said.message, "talk.not_passed_on")


async def corrects(visit: Visit, case: Case | None, said: TextSaid, *, urgent: bool) -> None:
    """A correction follows its message into the same case, or goes nowhere: never to whoever listens today. Danger in
    it goes to whoever helps, wherever its message went.
    """
    belongs_to = await relay.case_of_message(visit.work, visit.to, said.message)
    if case is not None and (belongs_to == case.id or urgent) and case.state is not State.CLOSING:
        await relay.from_student(visit.work, case, said.text, said.message, edited=True)
    elif belongs_to:
        await visit.say("talk.correction_late")


async def says_in_case(visit: Visit, case: Case, said: TextSaid, *, urgent: bool) -> None:
    """Words of somebody who has an open case: to whoever listens, or kept until somebody does."""
    case = await relay.follow(visit.work, case, visit.to)
    conversation = await visit.conversation()
    waits = case.state in {State.REQUESTED, State.OFFERED}
    if waits and conversation.session is not None and not urgent:
        await conversing.answer(visit.work, visit.to, conversation, Typed(said.text))
        return
    if not urgent and await _warned(visit, case, said):
        return
    before = len(case.unread)
    after = await relay.from_student(visit.work, case, said.text, said.message)
    if waits and before == 0 and after.unread:
        await visit.say("waiting.kept")


async def send_anyway(visit: Visit, _: ButtonAct) -> None:
    """The student has been warned and wants it sent."""
    held = await _let_held_go(visit)
    case = await visit.own_case()
    if held is None or case is None or case.state is State.CLOSING:
        await visit.say("stale.button")
        return
    await relay.from_student(visit.work, case, held.text, held.message)


async def do_not_send(visit: Visit, _: ButtonAct) -> None:
    held = await _let_held_go(visit)
    if held is None:
        await visit.say("stale.button")
        return
    await visit.say("identity.not_sent")


async def sends_media(visit: Visit, media: MediaSent, *, urgent: bool) -> None:
    """Passed on where the program allows this kind and somebody is there; else the sender is told kindly, and only the
    caption goes the way of all words.
    """
    case = await visit.own_case()
    relayed = media.kind in visit.work.settings.relayed_kinds
    passes = relayed and case is not None and bool(relay.listeners(case))
    if case is not None and case.state is not State.CLOSING and media.caption.strip() and not passes:
        caption = TextSaid(media.caption, media.message, media.reply_to)
        await says_in_case(visit, case, caption, urgent=urgent)
        await visit.say("media.words_only")
        return
    if case is None or not relay.listeners(case):
        await visit.say("media.cannot_read")
        return
    if not relayed:
        relay.mark_message(visit.work, case.student.address, media.message, Mark.FAILED)
        await visit.say("media.not_relayed")
        return
    for party in relay.listeners(case):
        await relay.pass_media(visit.work, case, case.student, party, media)


async def _warned(visit: Visit, case: Case, said: TextSaid) -> bool:
    """Names, handles, numbers and links: the sender is asked first (never in a counselor's case)."""
    if case.is_counselors or not identity.gives_away(said.text, visit.work.tx.event.name):
        return False
    held = Held(said.text, said.message, "identity", case.id)
    await visit.work.change_conversation(visit.person_id, visit.side, held=held)
    await visit.say(
        "identity.warning",
        [(visit.text("identity.send"), ButtonAct(Act.SEND_ANYWAY.value, case.id))],
        [(visit.text("identity.do_not_send"), ButtonAct(Act.DO_NOT_SEND.value, case.id))],
    )
    return True


async def _let_held_go(visit: Visit) -> Held | None:
    held = (await visit.conversation()).held
    if held is not None:
        await visit.work.change_conversation(visit.person_id, visit.side, held=None)
    return held
