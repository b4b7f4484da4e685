"""The cases in one's hands: listed, noted on, closed. Each action checks the role and the case."""

from __future__ import annotations

import msgspec

from bot.casework import claims, conversing, peers
from bot.casework.choosing import do_with_case, targets
from bot.casework.crisis import Concern
from bot.casework.handing import bring_counselor
from bot.casework.reach import Reach
from bot.casework.summary import level_label, topic_label
from bot.casework.talk import end_talk
from bot.casework.timeline import noted
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing, Noted
from bot.model.case import Case, Entry, State
from bot.model.conversation import ButtonAct, Held
from bot.model.level import Level

NOTE = "note"
CLOSE = "close"
TRANSFER = "transfer"


async def list_cases(visit: Visit, _: str) -> None:
    """`/cases`: alias, level, topic, state; a button to end each."""
    cases = [case for case in await targets(visit) if case.student.person != visit.person_id]
    if not cases:
        await visit.say("case.none_open")
        return
    for case in cases:
        await visit.work.say(
            visit.to,
            "case.line",
            [(visit.text("case.close_button"), ButtonAct(Act.CLOSE_CASE.value, case.id))],
            ref=f"case:{case.id}:listed",
            alias=case.student.alias,
            level=level_label(visit.work, case.level, visit.language),
            topic=topic_label(visit.work, case.topic, visit.language),
            state=visit.text(f"case.state_{case.state.value}"),
            minutes=max(0, visit.work.now - case.opened_at) // 60_000,
        )


async def note(visit: Visit, words: str) -> None:
    """`/note words`: for the staff of this case, never for the student."""
    if not words.strip():
        await visit.say("case.note_empty")
        return
    await do_with_case(visit, Held(words.strip(), visit.message, NOTE), note_case)


async def close(visit: Visit, words: str) -> None:
    """`/close`: ends a peer's talk, or asks a counselor for the outcome."""
    await do_with_case(visit, Held(words.strip(), visit.message, CLOSE), close_case)


async def note_case(visit: Visit, case: Case, held: Held) -> None:
    """Writes the note. It is another kind of thing than a message, and nothing relays it."""
    party = case.party_of(visit.person_id)
    if party is None:
        await visit.say("case.not_yours")
        return
    entry = Entry(visit.work.now, party.alias, Noted.NOTE.value, held.text)
    case = msgspec.structs.replace(case, notes=(*case.notes, entry))
    case = noted(case, visit.work.now, Noted.NOTE, who=party.alias)
    visit.work.save(case)
    if case.counselor is not None and case.counselor.person == visit.person_id:
        claims.renew(visit.work, case)
    await visit.say("case.noted", alias=case.student.alias)


async def close_by_button(visit: Visit, act: ButtonAct) -> None:
    case = await visit.work.tx.case(act.case)
    if case is None or case.party_of(visit.person_id) is None or not case.is_open:
        await visit.say("stale.button")
        return
    await close_case(visit, case, Held("", "", CLOSE))


async def close_case(visit: Visit, case: Case, _: Held) -> None:
    """A peer ends their talk at once; a counselor says the outcome first, with a note."""
    work = visit.work
    if case.counselor is not None and case.counselor.person == visit.person_id:
        claims.renew(work, case)
        await _ask_outcome(visit, case)
    elif case.state is State.ACTIVE and case.supporter is not None and case.supporter.person == visit.person_id:
        alias = case.supporter.alias
        case = await end_talk(work, case, alias)
        await visit.say("talk.you_ended", alias=case.student.alias)
        await conversing.start(work, visit.to, Conversing.DEBRIEF, about=case.id)
        student = Reach.of(case.student)
        await work.say(student, "talk.supporter_ended", alias=alias)
        await conversing.start(work, student, Conversing.CLOSING, about=case.id)
        await peers.drain(work, back=visit.person_id)
    else:
        await visit.say("case.counselors_decide")


async def _ask_outcome(visit: Visit, case: Case) -> None:
    """Asked twice, the open question is shown again: starting anew would take the note under way for a message."""
    conversation = await visit.conversation()
    if conversation.purpose == Conversing.OUTCOME.value and conversation.about == case.id:
        await conversing.ask_again(visit.work, visit.to, conversation)
    else:
        await conversing.start(visit.work, visit.to, Conversing.OUTCOME, about=case.id)


async def transfer(visit: Visit, words: str) -> None:
    """`/transfer why`: somebody else should go on, and nobody is left alone meanwhile."""
    await do_with_case(visit, Held(words.strip(), visit.message, TRANSFER), transfer_case)


async def transfer_case(visit: Visit, case: Case, held: Held) -> None:
    """A counselor's case returns to the queue at its old place; a peer's case is brought to the counselors."""
    if case.counselor is None or case.counselor.person != visit.person_id:
        await bring_counselor(visit, case, Concern(max(case.level, Level.YELLOW), TRANSFER), held.text)
        return
    if held.text:
        entry = Entry(visit.work.now, case.counselor.alias, Noted.NOTE.value, held.text)
        case = msgspec.structs.replace(case, notes=(*case.notes, entry))
    await claims.give_back(visit.work, case, Noted.HANDED_BACK)
