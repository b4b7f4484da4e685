"""What somebody in danger hears from the bot at once: what happens next, whom to call meanwhile, who else is there.

It says only what is true in this commit. What becomes of the alarm is told by `bot.casework.alarm`.
"""

from __future__ import annotations

from bot.casework import contacts
from bot.casework.reach import Reach
from bot.casework.work import Work
from bot.model.case import Case
from bot.model.event import Lane
from bot.model.level import Flag, Level

ANSWERS = {Level.EMERGENCY: "crisis.answer_emergency", Level.RED: "crisis.answer"}
"""What is said first; below these levels a counselor only looks in."""


async def answer(work: Work, case: Case, *, asked: bool, called_by: str, goes_on: bool) -> None:
    """To the student of a case that has just come to the counselors, and to the peer who is with them.

    `asked`: they called for help without a word of what it is about. `called_by`: the alias of the peer who called.
    Where a flow goes on, it asks by itself how the person is.
    """
    to = Reach.of(case.student)
    about_other = Flag.THIRD_PARTY in case.flags
    if about_other and not case.level.is_crisis:  # the flow has just told what helps, and whom to call
        await work.say(to, "crisis.answer_adviser", lane=Lane.CRISIS)
        return
    if called_by:
        await work.say(to, "crisis.answer_peer", lane=Lane.CRISIS, alias=called_by)
    elif about_other:
        await work.say(to, "crisis.answer_third_party", lane=Lane.CRISIS)
    elif asked:
        await work.say(to, "crisis.answer_asked", lane=Lane.CRISIS)
    else:
        await work.say(to, ANSWERS.get(case.level, "crisis.answer_gently"), lane=Lane.CRISIS)
    await _contacts(work, case, to)
    if about_other and not goes_on:
        await work.say(to, "crisis.stay_third_party", lane=Lane.CRISIS)
    elif not about_other:
        await _stay(work, case, to, called_by)


async def answer_anew(work: Work, case: Case) -> None:
    """To a student in the queue whose words have just said more than before. The contacts stand above already, and are
    told again only where every minute counts: the same list again and again is not read any more.
    """
    to = Reach.of(case.student)
    if Flag.THIRD_PARTY in case.flags:
        await work.say(to, "crisis.risen_third_party", lane=Lane.CRISIS)
    elif case.level is Level.EMERGENCY:
        await work.say(to, "crisis.risen_emergency", lane=Lane.CRISIS)
        await _contacts(work, case, to)
    else:
        await work.say(to, "crisis.risen", lane=Lane.CRISIS)


async def _contacts(work: Work, case: Case, to: Reach) -> None:
    shown = contacts.for_crisis(work, to.language, case.flags)
    await work.say(to, "crisis.contacts", lane=Lane.CRISIS, contacts=shown)


async def _stay(work: Work, case: Case, to: Reach, called_by: str) -> None:
    """A peer who is in the chat stays, and both are told so."""
    peer = case.peer
    if peer is None or called_by:
        await work.say(to, "crisis.stay", lane=Lane.CRISIS)
        return
    await work.say(to, "crisis.stay_peer", lane=Lane.CRISIS, alias=peer.alias)
    await work.say(Reach.of(peer), "talk.danger", lane=Lane.CRISIS, alias=case.student.alias)
