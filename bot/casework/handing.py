"""A peer brings in a counselor: the case goes to the queue, the peer stays until the counselor has arrived."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from bot.casework import crisis
from bot.casework.crisis import Concern
from bot.casework.visit import Visit
from bot.casework.words import Noted
from bot.model.case import Case, Entry


async def bring_counselor(visit: Visit, case: Case, concern: Concern, words: str) -> None:
    """Queues the peer's case; `words` become a note for whoever takes it."""
    work = visit.work
    party = case.party_of(visit.person_id)
    if party is None or case.peer != party:
        await visit.say("case.not_yours")
        return
    if case.is_counselors:
        await visit.say("case.with_counselors")
        return
    if words:
        entry = Entry(work.now, party.alias, Noted.NOTE.value, words)
        work.save(msgspec.structs.replace(case, notes=(*case.notes, entry)))
    concern = replace(concern, peer=party.alias)
    await crisis.escalate(work, case.student.person, case.student.side, concern)
    await visit.say("case.escalated", alias=case.student.alias)
