"""What staff say of screening's judgement: words that it should have caught."""

from __future__ import annotations

from bot.casework import candidates
from bot.casework.masking import masked
from bot.casework.relay import case_of_ref, words_of_relayed
from bot.casework.summary import level_label
from bot.casework.visit import Visit
from bot.casework.words import Timer
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.candidate import CandidateKind
from bot.model.event import CommandGiven, PersonId, TimerRang
from bot.model.person import Role
from bot.model.verdict import Judged
from bot.screening import screen
from handlers.registry import Command, Handles

HOLDERS = frozenset({Role.SUPPORTER, Role.COUNSELOR})


async def missed(visit: Visit, words: str) -> None:
    """`/missed words`, or `/missed` as a reply to the student's message: kept without names for a review of the word
    lists. Messages are not stored: the words come with the reply, where the platform tells what it answers.
    """
    text = masked(words.strip() or await _replied(visit), visit.work.tx.event.name)
    if not text:
        await visit.say("missed.empty")
        return
    with visit.work.judging():
        verdict = screen(text, visit.work.content.screening)
    level = level_label(visit.work, verdict.level, visit.language)
    if verdict.level.is_crisis:
        await visit.say("missed.caught", level=level)
        return
    candidates.keep(visit.work, CandidateKind.MISSED, Judged(text, verdict), visit.language)
    await visit.say("missed.kept", level=level)


async def _replied(visit: Visit) -> str:
    """The words of the relayed message that is answered, without the alias above them; empty for any other message."""
    tx = visit.work.tx
    given = tx.event.body
    if not isinstance(given, CommandGiven) or not given.reply_to:
        return ""
    about = case_of_ref(await tx.ref_of(visit.to.address, given.reply_to))
    case = await tx.case(about) if about else None
    if case is None:
        return ""
    words = words_of_relayed(visit.work, case.student, visit.language, given.replied)
    return given.quoted if given.quoted and given.quoted in words else words


async def candidate_rang(work: Work, _: PersonId, ring: TimerRang) -> None:
    await candidates.forget(work, ring.data)


HANDLES = Handles(
    commands=(Command(Side.STAFF, "missed", missed, HOLDERS),),
    timers={Timer.CANDIDATE: candidate_rang},
)
