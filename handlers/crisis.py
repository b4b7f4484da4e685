"""The ways into the counselors' queue that are open to everybody, and the alarm that follows."""

from __future__ import annotations

from bot.casework import alarm, conversing, crisis, drills
from bot.casework.crisis import Concern
from bot.casework.reach import Reach
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing, Purpose, Timer
from bot.casework.work import FlowEnded, Work
from bot.model.address import Side
from bot.model.conversation import ButtonAct, Conversation
from bot.model.event import PersonId, Receipt, TimerRang
from bot.model.level import Flag, Level
from bot.model.verdict import Judged
from handlers.registry import Command, Handles


async def crisis_command(visit: Visit, _: str) -> None:
    """`/crisis`, everywhere, at any time, also before the welcome."""
    await called_for_help(visit)


async def crisis_button(visit: Visit, _: ButtonAct) -> None:
    await called_for_help(visit)


async def called_for_help(visit: Visit) -> None:
    """Somebody asks for a counselor themselves; asked twice, they hear where they stand."""
    case = await visit.own_case()
    if case is not None and case.is_counselors:
        await crisis.say_where_they_stand(visit.work, visit.to, case)
        return
    await crisis.escalate(visit.work, visit.person_id, visit.side, Concern(Level.RED, crisis.ASKED))


async def screened(visit: Visit, judged: Judged) -> bool:
    """Acts on what screening found. True: the text has been answered, and goes on only to people who listen."""
    verdict = judged.verdict
    if verdict.level.is_crisis:
        return await _danger(visit, judged)
    conversation = await visit.conversation()
    if verdict.level > conversation.concern:
        words = tuple(dict.fromkeys((*conversation.concern_words, *verdict.words)))
        await visit.work.change_conversation(visit.person_id, visit.side, concern=verdict.level, concern_words=words)
    return verdict.ask and await _ask_directly(visit, judged)


async def safety_answered(work: Work, ended: FlowEnded) -> None:
    """The direct question was answered without danger; silence, or "I'd rather not say", goes to a counselor's eyes."""
    to = ended.reach
    if ended.values.get(DIRECT_QUESTION) in {None, "", "skip"}:
        await crisis.escalate(work, to.person, to.side, Concern(Level.YELLOW, "no answer"), ended.values)
    else:
        await work.change_conversation(to.person, to.side, trigger=None)


async def third_party_told(work: Work, ended: FlowEnded) -> None:
    """The flow has said what helps, and offered a counselor; the text that it was about is dropped."""
    await work.change_conversation(ended.reach.person, ended.reach.side, trigger=None)


async def alarm_rang(work: Work, _: PersonId, ring: TimerRang) -> None:
    case = await work.tx.case(ring.case)
    if case is not None:
        await alarm.alarm_rang(work, case, int(ring.data or 0))


async def alert_ended(work: Work, _: PersonId, receipt: Receipt) -> None:
    case = await work.tx.case(receipt.case)
    if case is not None:
        await alarm.alert_ended(work, case, receipt.data, receipt.failure)


async def question_rang(work: Work, owner: PersonId, ring: TimerRang) -> None:
    """A question of a flow was not answered in its time."""
    side_word, _, step = ring.data.partition(" ")
    to = await work.reach(owner, Side(side_word))
    if to is not None:
        await conversing.question_timed_out(work, to, await work.tx.conversation(owner, to.side), step)


async def wait_rang(work: Work, owner: PersonId, ring: TimerRang) -> None:
    to = await work.reach(owner, Side(ring.data))
    if to is not None:
        await conversing.wait_over(work, to, await work.tx.conversation(owner, to.side))


async def _danger(visit: Visit, judged: Judged) -> bool:
    """Explicit danger goes to the queue at once; about somebody else and not this minute, first what can be done."""
    verdict = judged.verdict
    case = await visit.own_case()
    about_other = Flag.THIRD_PARTY in verdict.flags and verdict.level is not Level.EMERGENCY
    conversation = await visit.conversation()
    if about_other and case is None:
        if conversation.purpose == Conversing.THIRD_PARTY.value:
            return False
        changes = {"concern_words": verdict.words, "trigger": judged}
        await visit.work.change_conversation(visit.person_id, visit.side, **changes)
        await conversing.start(visit.work, visit.to, Conversing.THIRD_PARTY)
        return True
    await crisis.escalate(visit.work, visit.person_id, visit.side, Concern.of(judged))
    return True


async def _ask_directly(visit: Visit, judged: Judged) -> bool:
    """One gentle, direct question, not more than once in a while, and never into a talk that a human leads."""
    work = visit.work
    conversation = await visit.conversation()
    case = await visit.own_case()
    if case is not None and (case.supporter or case.counselor) and not case.peer_left:
        if case.supporter is not None:
            await work.say(Reach.of(case.supporter), "talk.ask_directly", alias=case.student.alias)
        return False
    lately = work.now - conversation.asked_safety_at < work.settings.ask_again_ms
    if visit.side is Side.STAFF or lately or _asks_itself(conversation):
        return False
    await work.change_conversation(visit.person_id, visit.side, asked_safety_at=work.now, trigger=judged)
    await conversing.start(work, visit.to, Conversing.SAFETY)
    return True


def _asks_itself(conversation: Conversation) -> bool:
    """Whether the running flow has asked just this. A check-in that has not come to it yet may be left before it does,
    so it does not count.
    """
    if conversation.purpose in ASKS_ITSELF:
        return True
    session = conversation.session
    if session is None or conversation.purpose != Conversing.CHECK_IN.value:
        return False
    stands = session.question is not None and session.question.step == DIRECT_QUESTION
    return stands or bool(crisis.gathered(session).get(DIRECT_QUESTION))


DIRECT_QUESTION = "safety"
"""The check-in's step, and what it saves."""
ASKS_ITSELF = frozenset({Conversing.SAFETY.value, Conversing.THIRD_PARTY.value})
"""Flows that begin with the direct question, or with others as direct."""

HANDLES = Handles(
    commands=(
        Command(Side.STUDENT, "crisis", crisis_command),
        Command(Side.STAFF, "crisis", crisis_command),
    ),
    acts={Act.CRISIS: crisis_button},
    timers={
        Timer.ALARM: alarm_rang,
        Timer.DRILL: drills.drill_rang,
        Timer.QUESTION: question_rang,
        Timer.FLOW_WAIT: wait_rang,
    },
    receipts={Purpose.ALERT: alert_ended},
    flow_ends={Conversing.SAFETY: safety_answered, Conversing.THIRD_PARTY: third_party_told},
)
