"""What the law lets a student ask for (UU 27/2022): to be told, to get a copy, to be forgotten."""

from __future__ import annotations

import msgspec

from bot.casework import peers
from bot.casework.reach import Reach
from bot.casework.talk import close, end_talk
from bot.casework.visit import Visit
from bot.casework.words import Act
from bot.casework.work import Work
from bot.model.case import Case, State
from bot.model.conversation import ButtonAct
from bot.model.outgoing import SendFile
from handlers.student.start import forget

EXPORT_NAME = "sebaya.json"


async def privacy(visit: Visit, _: str) -> None:
    """`/privacy`: who reads what, for how long, and what can be asked for."""
    days = visit.work.settings.keep_closed_ms // 86_400_000
    await visit.say("privacy.notice", days=days, version=visit.work.settings.consent_version)


async def export(visit: Visit, _: str) -> None:
    """`/export`: a machine-readable copy at once. Nothing in it tells who anybody else is."""
    person = await visit.person()
    cases = [await visit.work.tx.case(case) for case in (*person.past_cases, person.own_case) if case]
    content = {
        "language": person.language,
        "consent": person.consent,
        "known_since": person.created_at,
        "cases": [_shown(case) for case in cases if case is not None],
    }
    file = SendFile(
        EXPORT_NAME, msgspec.json.format(msgspec.json.encode(content), indent=2), visit.text("privacy.file")
    )
    await visit.work.send(visit.to, file)


async def delete(visit: Visit, _: str) -> None:
    """`/delete`: asks once, by button."""
    await visit.say(
        "privacy.delete_sure",
        [(visit.text("privacy.delete_yes"), ButtonAct(Act.DELETE_ALL.value))],
        [(visit.text("privacy.delete_no"), ButtonAct(Act.KEEP_ALL.value))],
    )


async def delete_all(visit: Visit, _: ButtonAct) -> None:
    """Forgets the student and their cases. A case that counselors hold stays until a person closes it: a life is at
    stake there, and the student is told so.
    """
    person = await visit.person()
    case = await visit.own_case()
    if case is not None and case.is_counselors:
        await visit.say("privacy.delete_later")
        return
    if case is not None:
        await _end(visit.work, case)
    person = await visit.person()
    for past in person.past_cases:
        closed = await visit.work.tx.case(past)
        if closed is not None:
            visit.work.tx.delete(closed)
    await visit.say("privacy.deleted")
    await forget(visit.work, await visit.person())
    await peers.drain(visit.work)


async def keep_all(visit: Visit, _: ButtonAct) -> None:
    await visit.say("privacy.kept")


async def _end(work: Work, case: Case) -> None:
    if case.state is State.OFFERED:
        await peers.withdraw_offer(work, case, "offer.student_left")
        case = msgspec.structs.replace(case, offered_to="")
    if case.state is State.ACTIVE:
        supporter = case.supporter
        case = await end_talk(work, case, case.student.alias)
        if supporter is not None:
            await work.say(Reach.of(supporter), "talk.student_ended", alias=case.student.alias)
    await close(work, case)


def _shown(case: Case) -> dict[str, object]:
    """A case as its student may have it: no note, no other person, no platform id."""
    return {
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "state": case.state,
        "level": case.level.word,
        "topic": case.topic,
        "answers": case.checkin,
        "words_found": case.words,
        "text_that_raised_it": case.trigger.text if case.trigger else "",
        "alias": case.student.alias,
        "waiting_messages": [line.text for line in case.unread],
        "timeline": [{"at": entry.at, "what": entry.what} for entry in case.timeline],
    }
