"""Which case is meant: by reply, or because there is only one; otherwise it is asked by buttons, never guessed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from bot.casework import relay
from bot.casework.visit import Visit
from bot.casework.words import Act
from bot.model.case import Case
from bot.model.conversation import ButtonAct, Held
from bot.model.outgoing import Mark

OnCaseVerb: TypeAlias = Callable[[Visit, Case, Held], Awaitable[None]]
"""What staff can do with a case, once it is clear which."""


async def targets(visit: Visit) -> list[Case]:
    """The cases that words from here can go to: those in one's hands, and one's own where it lives on this side."""
    person = await visit.person()
    ids = [*(person.staff.holding if person.staff else ()), person.own_case]
    found = [await visit.work.tx.case(case) for case in ids if case]
    return [
        case
        for case in found
        if case is not None and case.is_open and (case.student.person != person.id or case.student.side is visit.side)
    ]


async def replied_case(visit: Visit) -> str:
    """The case whose message is replied to, or the empty string."""
    if not visit.reply_to:
        return ""
    return relay.case_of_ref(await visit.work.tx.ref_of(visit.to.address, visit.reply_to))


async def clear_case(visit: Visit, cases: Sequence[Case]) -> Case | None:
    """The one that is clearly meant, or None. A reply to a message of any other case makes nothing clear."""
    replied = await replied_case(visit)
    if replied:
        return next((case for case in cases if case.id == replied), None)
    return cases[0] if len(cases) == 1 else None


async def ask_which(visit: Visit, cases: Sequence[Case], held: Held) -> None:
    """Keeps the words and asks; the button that is pressed decides. Words kept before go to nobody, and show it."""
    before = (await visit.conversation()).held
    if before is not None:
        relay.mark_message(visit.work, visit.to.address, before.message, Mark.FAILED)
    await visit.work.change_conversation(visit.person_id, visit.side, held=held)
    rows = [[(label(visit, case), ButtonAct(Act.FOR_CASE.value, case.id))] for case in cases]
    await visit.say("case.which", *rows)


def label(visit: Visit, case: Case) -> str:
    """How a case is named on a button: the student's alias; one's own case by a word of its own."""
    if case.student.person == visit.person_id:
        return visit.text("case.own")
    return case.student.alias


async def do_with_case(visit: Visit, held: Held, verb: OnCaseVerb) -> None:
    """Does something with the case that is clearly meant, or asks which. One's own case is never meant."""
    cases = [case for case in await targets(visit) if case.student.person != visit.person_id]
    case = await clear_case(visit, cases)
    if case is not None:
        await verb(visit, case, held)
    elif cases:
        await ask_which(visit, cases, held)
    else:
        await visit.say("case.none_open")
