"""Everything that somebody writes is screened, in every state, before anything else happens to it."""

from __future__ import annotations

from bot.casework.masking import masked
from bot.casework.timers import flow_timer_id
from bot.casework.visit import Visit
from bot.casework.words import Timer
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.conversation import Said
from bot.model.event import PersonId, TimerRang
from bot.model.level import Level
from bot.model.verdict import CALM, Judged, Match, Verdict
from bot.screening import Lists, screen
from handlers.registry import Handles

MOST_RECENT = 8
"""Messages that are looked at together as one burst."""
SELF = "self"
LONGEST_FRAGMENT = 3
"""Words. So short a message may be the end of a sentence that began before the last one."""


async def burst_over(work: Work, owner: PersonId, ring: TimerRang) -> None:
    """What somebody wrote is kept for a burst and no longer."""
    side = Side(ring.data)
    if (await work.tx.conversation(owner, side)).recent:
        await work.change_conversation(owner, side, recent=())


async def judge(visit: Visit, text: str) -> Judged:
    """The verdict on a text, alone and together with the person's last messages, and which of the two it judges.

    If screening itself fails, the message counts as a concern: a person looks at it (promise 4). A staff member's
    words count only where they speak of themselves; asking a student about danger is their task.
    """
    work = visit.work
    conversation = await visit.conversation()
    recent = tuple(said for said in conversation.recent if work.now - said.at <= work.settings.burst_ms)
    recent = (*recent, Said(work.now, text))[-MOST_RECENT:]
    await work.change_conversation(visit.person_id, visit.side, recent=recent)
    forget = TimerRang(Timer.BURST.value, data=visit.side.value)
    timer = flow_timer_id(Timer.BURST, visit.person_id, visit.side)
    work.tx.start_timer(timer, work.now + work.settings.burst_ms, visit.person_id, forget)
    helps = visit.side is Side.STAFF and (await visit.person()).is_staff
    speaker = "supporter" if helps else "student"
    texts = [said.text for said in recent]
    try:
        with work.judging():
            verdict = screen(text, work.content.screening, speaker=speaker)
            together = _together(texts, work.content.screening, speaker)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the person must not pay for it
        work.troubles.append(f"screening failed: {type(error).__name__}")
        return _judged(visit, text, FAILED)
    if together.level > verdict.level:
        text, verdict = "\n".join(texts), together
    if helps and verdict.subject != SELF:
        return Judged("", CALM)
    return _judged(visit, text, verdict)


def _judged(visit: Visit, text: str, verdict: Verdict) -> Judged:
    """What may be kept: a text only if something in it matched, and masked, since names are known only now."""
    return Judged(masked(text, visit.work.tx.event.name) if verdict.matches else "", verdict)


def _together(texts: list[str], lists: Lists, speaker: str) -> Verdict:
    """The burst as one text. A fragment may also go on after something that was written in between."""
    verdict = _joined(texts, lists, speaker)
    if verdict.level.is_crisis or len(texts[-1].split()) > LONGEST_FRAGMENT:
        return verdict
    left_out = (texts[:place] + texts[place + 1 :] for place in range(1, len(texts) - 1))
    return max((verdict, *(_joined(rest, lists, speaker) for rest in left_out)), key=lambda one: one.level)


def _joined(texts: list[str], lists: Lists, speaker: str) -> Verdict:
    """Several messages as one text. What stands in the earlier ones alone was judged when they came."""
    if len(texts) < 2:
        return CALM
    verdict = screen("\n".join(texts), lists, speaker=speaker)
    newest = len("\n".join(texts[:-1])) + 1
    has_newest = any(match.end > newest and match.level is verdict.level for match in verdict.matches)
    return verdict if has_newest else CALM


FAILED = Verdict(
    level=Level.RED,
    categories=("screening-failed",),
    matches=(Match(0, 0, "", "screening-failed", "screening-failed", Level.RED, "screening could not judge this"),),
)

HANDLES = Handles(timers={Timer.BURST: burst_over})
