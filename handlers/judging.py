"""What staff say of screening's judgement: words that it should have caught."""

from __future__ import annotations

from bot.casework import candidates
from bot.casework.masking import masked
from bot.casework.summary import level_label
from bot.casework.visit import Visit
from bot.casework.words import Timer
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.candidate import CandidateKind
from bot.model.event import PersonId, TimerRang
from bot.model.person import Role
from bot.model.verdict import Judged
from bot.screening import screen
from handlers.registry import Command, Handles

HOLDERS = frozenset({Role.SUPPORTER, Role.COUNSELOR})


async def missed(visit: Visit, words: str) -> None:
    """`/missed words`: kept without names for a review of the word lists. Messages are not stored, so a reply alone
    holds no words, and they are asked for.
    """
    text = masked(words.strip(), visit.work.tx.event.name)
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


async def candidate_rang(work: Work, _: PersonId, ring: TimerRang) -> None:
    await candidates.forget(work, ring.data)


HANDLES = Handles(
    commands=(Command(Side.STAFF, "missed", missed, HOLDERS),),
    timers={Timer.CANDIDATE: candidate_rang},
)
