"""Keeps texts that screening judged wrongly, without anything that leads back to a person, for a review.

`sebaya screening review` reads them (`bot.app.reviewing`); after a set time they are forgotten, reviewed or not.
"""

from __future__ import annotations

from bot.casework.masking import masked
from bot.casework.words import Timer
from bot.casework.work import Work
from bot.model.candidate import Candidate, CandidateKind, day_of
from bot.model.event import PersonId, TimerRang
from bot.model.text import Language
from bot.model.verdict import Judged

NOBODY: PersonId = "candidates"
"""Whose mailbox the timers ring in: no person's, since a timer that names one would lead back to them."""


def keep(work: Work, kind: CandidateKind, judged: Judged, language: Language) -> Candidate | None:
    """Makes a candidate of a text. None where no word list has judged it: then no list can be corrected."""
    verdict = judged.verdict
    text = masked(judged.text).strip()
    if not text or not verdict.lists:
        return None
    candidate = Candidate(
        id=work.tx.new_id("candidate"),
        kind=kind,
        language=language,
        text=text,
        level=verdict.level,
        rules=judged.rules,
        lists=verdict.lists,
        at=day_of(work.now),
    )
    work.tx.save(candidate)
    ring = TimerRang(Timer.CANDIDATE.value, data=candidate.id)
    work.tx.start_timer(
        f"{Timer.CANDIDATE.value}:{candidate.id}", candidate.at + work.settings.keep_candidates_ms, NOBODY, ring
    )
    return candidate


async def forget(work: Work, candidate: str) -> None:
    """Its time is over. Does nothing when it has been reviewed."""
    found = await work.tx.candidate(candidate)
    if found is not None:
        work.tx.delete(found)
