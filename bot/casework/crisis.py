"""The crisis path: from any state, also from no case, into the counselors' queue, in the commit that answers.

Nothing here waits for anybody: the case is queued, the student is answered with what happens next and whom to call,
and the alarm starts. What the student hears afterwards follows from what really happened (`bot.casework.alarm`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.casework import alarm, consoling
from bot.casework.aliases import new_alias
from bot.casework.peers import withdraw_offer
from bot.casework.reach import Reach
from bot.casework.reasons import rules_told
from bot.casework.summary import answers_from, level_label
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Noted, Timer
from bot.casework.work import Work
from bot.model.address import DRILL_PLATFORM, Side
from bot.model.case import Alarm, Case, Party, State, move
from bot.model.event import Lane, PersonId
from bot.model.level import Flag, Level
from bot.model.session import Session, Value
from bot.model.verdict import Judged

ASKED = "asked"
"""Why: they called for help themselves, by the command or the button."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Why somebody's case goes to the counselors."""

    level: Level
    why: str
    """A word for the timeline: `screening`, `button`, `check-in`, `supporter`, ..."""
    words: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    flags: frozenset[Flag] = frozenset()
    peer: str = ""
    """The alias of the peer who asked for a counselor; then the student is told so, and not thanked for words."""
    trigger: Judged | None = None
    """The text that raised it, where one did."""

    @classmethod
    def of(cls, judged: Judged) -> Concern:
        verdict = judged.verdict
        rules = (*judged.rules, verdict.lists)
        return cls(verdict.level, "screening", verdict.words, rules, frozenset(verdict.flags), trigger=judged)


async def escalate(
    work: Work,
    person: PersonId,
    side: Side,
    concern: Concern,
    values: Mapping[str, Value] | None = None,
    *,
    keep_flow: bool = False,
) -> Case | None:
    """Queues the person's case, opening one where there is none. None when the person cannot be reached at all.

    A case that is with the counselors already only rises, and whoever holds it is told: no second list of numbers,
    which would teach people not to read it. `values` are a check-in's answers so far; without them those of the flow
    that is running. With `keep_flow` that flow goes on, because it tells what to do until a person is there.
    """
    found = await work.tx.person(person)
    case = await work.tx.case(found.own_case) if found and found.own_case else None
    if case is not None and case.is_counselors:
        return await _rise(work, case, concern)
    if case is None or not case.is_open:
        case = await open_case(work, person, side, concern.level, values)
        if case is None:
            return None
    elif case.state is State.OFFERED:
        await withdraw_offer(work, case, "offer.taken_over")
        case = msgspec.structs.replace(case, offered_to="")
    if not keep_flow:
        await _stop_automation(work, case)
    case = await _queue(work, case, concern)
    asked = concern.why == ASKED
    await consoling.answer(work, case, asked=asked, called_by=concern.peer, goes_on=keep_flow)
    return await alarm.raise_alarm(work, case)


async def keep_answers(work: Work, person: PersonId, values: Mapping[str, Value]) -> None:
    """Adds what a flow has asked to a case that the counselors have, so that nobody need be asked twice."""
    found = await work.tx.person(person)
    case = await work.tx.case(found.own_case) if found and found.own_case else None
    if case is None or not case.is_counselors:
        return
    known = {answer.question: answer for answer in (*case.checkin, *answers_from(values))}
    if tuple(known.values()) != case.checkin:
        work.save(msgspec.structs.replace(case, checkin=tuple(known.values())))


async def say_where_they_stand(work: Work, to: Reach, case: Case) -> None:
    """For somebody who asks for help again: where their case is, without starting anything anew."""
    await work.say(to, "crisis.already_claimed" if case.counselor else "crisis.already_queued", lane=Lane.CRISIS)


async def open_case(
    work: Work, person: PersonId, side: Side, level: Level, values: Mapping[str, Value] | None = None
) -> Case | None:
    """A new case for this person on the side where they wrote, with what a running check-in has gathered so far."""
    found = await work.tx.person(person)
    reach = Reach.to(found, side, work.settings.languages[0]) if found else None
    if found is None or reach is None:
        return None
    conversation = await work.tx.conversation(person, side)
    answers = gathered(conversation.session) if values is None else values
    alias, flags = _known_as(work, reach)
    asked = conversation.trigger
    case = Case(
        id=work.tx.new_id("c"),
        state=State.REQUESTED,
        opened_at=work.now,
        since=work.now,
        level=max(level, conversation.concern),
        topic=str(answers.get("topic") or ""),
        student=Party(person, side, reach.address, alias, reach.language),
        flags=flags,
        checkin=answers_from(answers),
        words=conversation.concern_words,
        rules=(*asked.rules, asked.verdict.lists) if asked else (),
        trigger=asked,
    )
    await work.change_person(person, own_case=case.id)
    await work.change_conversation(person, side, concern=Level.GREEN, concern_words=(), trigger=None)
    case = noted(case, work.now, Noted.OPENED, who=alias)
    work.save(case)
    return case


def _known_as(work: Work, student: Reach) -> tuple[str, frozenset[Flag]]:
    """The student's alias and first flags. A drill is named so wherever its student is named."""
    alias = new_alias(work, "student")
    if student.address.platform != DRILL_PLATFORM:
        return alias, frozenset()
    labels = dict.fromkeys(work.text(f"flag.{Flag.DRILL.value}", language) for language in work.settings.languages)
    return f"{'/'.join(labels)} {alias}", frozenset({Flag.DRILL})


def gathered(session: Session | None) -> dict[str, Value]:
    """What the running flows have saved so far; an inner flow's values win."""
    values: dict[str, Value] = {}
    for frame in session.frames if session else ():
        values.update(frame.values)
    return values


async def _queue(work: Work, case: Case, concern: Concern) -> Case:
    case = _with_concern(move(case, State.QUEUED), concern)
    case = msgspec.structs.replace(case, alarm=Alarm(raised_at=work.now), since=work.now)
    work.tx.stop_timer(timer_id(Timer.RECHECK, case.id))
    work.tx.stop_timer(timer_id(Timer.IDLE, case.id))
    work.tx.stop_timer(timer_id(Timer.CLOSING, case.id))
    case = noted(case, work.now, Noted.QUEUED, why=_why(case, concern))
    work.save(case)
    return case


def is_news(case: Case, concern: Concern) -> bool:
    """Whether a counselors' case is another one now: the level is higher, or it was about somebody else until now."""
    about_themselves = Flag.THIRD_PARTY in case.flags - concern.flags
    return concern.level > case.level or (about_themselves and concern.level.is_crisis)


async def _rise(work: Work, case: Case, concern: Concern) -> Case:
    """An open counselors' case: the words are added. News is told to whoever has it; else it is alarmed anew, and the
    student is answered.
    """
    news, higher = is_news(case, concern), concern.level > case.level
    if news and Flag.THIRD_PARTY not in concern.flags:
        case = msgspec.structs.replace(
            case, flags=case.flags - {Flag.THIRD_PARTY}, trigger=concern.trigger or case.trigger
        )
    case = _with_concern(case, concern)
    if higher:
        case = noted(case, work.now, Noted.LEVEL_RAISED, why=concern.level.word)
    work.save(case)
    if not news:
        return case
    if case.counselor is None:
        await consoling.answer_anew(work, case)
        return await alarm.raise_alarm(work, case)
    if not higher:
        return case
    to = Reach.of(case.counselor)
    await work.say(
        to,
        "claim.level_raised",
        lane=Lane.CRISIS,
        alias=case.student.alias,
        level=level_label(work, case.level, to.language),
    )
    return case


def _why(case: Case, concern: Concern) -> str:
    """What raised it; with a text behind it, also the rules and the version of the lists."""
    return concern.why if case.trigger is None else f"{concern.why}: {rules_told(case.trigger)}"


def _with_concern(case: Case, concern: Concern) -> Case:
    """A level rises by itself and never falls (promise 12); words and rules add up, each once. Of texts the highest
    is kept, and of two alike the first.
    """
    trigger = case.trigger
    if concern.trigger is not None and (trigger is None or concern.level > trigger.verdict.level):
        trigger = concern.trigger
    return msgspec.structs.replace(
        case,
        level=max(case.level, concern.level),
        flags=case.flags | concern.flags,
        words=_each_once((*case.words, *concern.words)),
        rules=tuple(dict.fromkeys((*case.rules, *concern.rules))),
        trigger=trigger,
    )


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that a longer piece holds: a burst repeats what was said in it before."""
    once = tuple(dict.fromkeys(words))
    return tuple(piece for piece in once if not any(piece != other and piece in other for other in once))


async def _stop_automation(work: Work, case: Case) -> None:
    student = case.student
    await work.change_conversation(student.person, student.side, session=None, purpose="", about="", held=None)
