"""Runs YAML conversations: hands the flow engine its answers, and does what the engine's effects ask for.

What happens when a flow is over depends on why it was started; that is the handlers' to say, who find the flows that
ended in `Work.ended`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot import flow
from bot.casework import contacts, crisis
from bot.casework.asking import ask, question_ref
from bot.casework.crisis import Concern, gathered
from bot.casework.reach import Reach
from bot.casework.requests import request_peer
from bot.casework.timers import flow_timer_id
from bot.casework.words import Act, Conversing, Timer
from bot.casework.work import FlowEnded, Work
from bot.flow import effects
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import CaseId, TimerRang
from bot.model.level import Flag, Level
from bot.model.outgoing import SendText, ShowTyping
from bot.model.session import Session, Value

__all__ = ["answer", "ask_again", "question_ref", "question_timed_out", "start", "stop", "wait_over"]

ABOUT, MYSELF = "you", "me"
"""The answer by which a flow about somebody else turns out to be about the person who is asked."""

SHORT_TURN = 2
"""So many messages come at once; before more of them the bot is shown to be writing."""


async def start(
    work: Work, to: Reach, purpose: Conversing, *, about: CaseId = "", values: Mapping[str, Value] | None = None
) -> None:
    """Begins the flow that is named like its purpose; one that was running there is left."""
    content = work.content
    await _forget_answers(work, to)
    turn = flow.start(content.flows, purpose.value, values or {}, content.edition, work.now)
    await _play(work, to, turn, purpose.value, about)


async def _forget_answers(work: Work, to: Reach) -> None:
    """The buttons of an earlier run are stale, also where the same question is asked again in this one."""
    buttons = (await work.tx.conversation(to.person, to.side)).buttons
    others = {token: act for token, act in buttons.items() if act.act != Act.ANSWER.value}
    if len(others) != len(buttons):
        await work.change_conversation(to.person, to.side, buttons=others)


async def answer(work: Work, to: Reach, conversation: Conversation, reply: effects.Reply) -> bool:
    """Gives the running flow what the person chose or wrote; False where it could not be read as an answer."""
    if conversation.session is None:
        return False
    turn = flow.answer(work.flows_of(conversation.session), conversation.session, reply, work.now)
    await _play(work, to, turn, conversation.purpose, conversation.about)
    return not any(_says_unread(effect) for effect in turn.effects)


def _says_unread(effect: effects.Effect) -> bool:
    return isinstance(effect, effects.Unread) or (isinstance(effect, effects.Ask) and effect.hint)


async def question_timed_out(work: Work, to: Reach, conversation: Conversation, step: str) -> None:
    """The open question was not answered in its time. A timer of a question that is past does nothing."""
    session = conversation.session
    question = session.question if session else None
    if session is None or question is None or effects.question_key(question.flow, question.step) != step:
        return
    turn = flow.time_out(work.flows_of(session), session, work.now)
    await _play(work, to, turn, conversation.purpose, conversation.about)


async def wait_over(work: Work, to: Reach, conversation: Conversation) -> None:
    """A `wait` step has had its time."""
    session = conversation.session
    if session is not None and session.question is None and session.wait_until <= work.now:
        turn = flow.resume(work.flows_of(session), session, work.now)
        await _play(work, to, turn, conversation.purpose, conversation.about)


async def ask_again(work: Work, to: Reach, conversation: Conversation) -> bool:
    """Shows the open question once more; False where there is none."""
    if conversation.session is None or conversation.session.question is None:
        return False
    turn = flow.ask_again(work.flows_of(conversation.session), conversation.session, work.now)
    await _play(work, to, turn, conversation.purpose, conversation.about)
    return True


def wants_words(work: Work, session: Session) -> bool:
    """Whether the open question is answered by writing, not by a button."""
    turn = flow.ask_again(work.flows_of(session), session, work.now)
    return any(isinstance(effect, effects.Ask) and effect.may_type for effect in turn.effects)


async def stop(work: Work, to: Reach) -> None:
    """Leaves the running flow, at any point."""
    _stop_timers(work, to)
    await work.change_conversation(to.person, to.side, session=None, purpose="", about="", trigger=None)


async def _play(work: Work, to: Reach, turn: effects.Turn, purpose: str, about: CaseId) -> None:
    ended = next((effect for effect in turn.effects if isinstance(effect, effects.Ended)), None)
    values = dict(ended.values) if ended else gathered(turn.session)
    await _keep(work, to, turn.session, purpose, about)
    if purpose == Conversing.THIRD_PARTY.value:
        await crisis.keep_answers(work, to.person, values)
    if await _goes_to_counselor(work, to, turn, values, keep_flow=purpose == Conversing.THIRD_PARTY.value):
        return
    if sum(isinstance(effect, effects.Say | effects.Ask) for effect in turn.effects) > SHORT_TURN:
        await work.send(to, ShowTyping())
    for effect in turn.effects:
        await _do(work, to, effect, about, purpose, values)


async def _goes_to_counselor(
    work: Work, to: Reach, turn: effects.Turn, values: Mapping[str, Value], *, keep_flow: bool
) -> bool:
    """An answer that says danger ends the conversation there: a person takes over, in this same commit.

    A flow about somebody else's danger goes on (`keep_flow`) while its questions still help; then False is returned.
    """
    alarming = [effect for effect in turn.effects if isinstance(effect, effects.Raise | effects.FindCounselor)]
    asked = any(isinstance(effect, effects.FindCounselor) for effect in alarming)
    level = max((effect.level for effect in alarming), default=Level.GREEN)
    if not asked and not level.is_crisis:
        return False
    goes_on = keep_flow and not asked
    about_other = keep_flow and values.get(ABOUT) != MYSELF
    flags = frozenset({Flag.THIRD_PARTY}) if about_other else frozenset()
    if asked:
        await _say_all(work, to, turn)
    concern = Concern(level, f"answer:{alarming[0].why}", flags=flags)
    before = await _counselors_case(work, to)
    await crisis.escalate(work, to.person, to.side, concern, values, keep_flow=goes_on)
    if before is not None and not goes_on:
        await stop(work, to)
        if before.counselor is not None or not crisis.is_news(before, concern):
            await crisis.say_where_they_stand(work, to, before)
    return not goes_on


async def _say_all(work: Work, to: Reach, turn: effects.Turn) -> None:
    for effect in turn.effects:
        for text in effect.texts if isinstance(effect, effects.Say) else ():
            await work.send(to, SendText(text.in_(to.language)))


async def _counselors_case(work: Work, to: Reach) -> Case | None:
    person = await work.tx.person(to.person)
    case = await work.tx.case(person.own_case) if person and person.own_case else None
    return case if case is not None and case.is_counselors else None


async def _do(
    work: Work, to: Reach, effect: effects.Effect, about: CaseId, purpose: str, values: Mapping[str, Value]
) -> None:
    match effect:
        case effects.Say(texts):
            for text in texts:
                await work.send(to, SendText(text.in_(to.language)))
        case effects.Ask():
            await ask(work, to, effect, about, purpose)
        case effects.Raise(level):
            conversation = await work.tx.conversation(to.person, to.side)
            await work.change_conversation(to.person, to.side, concern=max(level, conversation.concern))
        case effects.FindPeer(wanted):
            await request_peer(work, to, {**values, **wanted})
        case effects.ShowResource(key):
            await show_resource(work, to, key)
        case effects.Wait(until):
            ring = TimerRang(Timer.FLOW_WAIT.value, data=to.side.value)
            work.tx.start_timer(flow_timer_id(Timer.FLOW_WAIT, to.person, to.side), until, to.person, ring)
        case effects.Ended():
            work.ended.append(FlowEnded(Conversing(purpose), to, about, effect.values))
        case effects.Troubled():
            work.troubles.append(f"{effect.flow}/{effect.step}: {effect.what}")
        case effects.Unread():
            """For `answer` to tell."""
        case effects.FindCounselor():
            """Done before all others, by `_goes_to_counselor`."""


async def show_resource(work: Work, to: Reach, key: str) -> None:
    """An entry of the resources: its words, then its contacts."""
    resource = work.content.resources.get(key)
    if resource is None:
        work.troubles.append(f"resource {key}: unknown")
        return
    for text in resource.texts:
        await work.send(to, SendText(text.in_(to.language)))
    if resource.contacts:
        named = (work.content.contacts[name] for name in resource.contacts)
        lines = [contacts.line(work, contact, to.language) for contact in named if contacts.is_near(work, contact)]
        if lines:
            await work.send(to, SendText("\n".join(lines)))


async def _keep(work: Work, to: Reach, session: Session | None, purpose: str, about: CaseId) -> None:
    _stop_timers(work, to)
    if session is None:
        purpose, about = "", ""
    await work.change_conversation(to.person, to.side, session=session, purpose=purpose, about=about)


def _stop_timers(work: Work, to: Reach) -> None:
    work.tx.stop_timer(flow_timer_id(Timer.QUESTION, to.person, to.side))
    work.tx.stop_timer(flow_timer_id(Timer.FLOW_WAIT, to.person, to.side))
