"""A button was pressed: what it belongs to is looked up by its token; a stale one gets a kind answer."""

from __future__ import annotations

from bot.casework import claims, conversing
from bot.casework.visit import Visit
from bot.casework.words import Act
from bot.flow.effects import Chosen, question_key
from bot.model.conversation import ButtonAct, Conversation, Held
from bot.model.event import ButtonPressed
from bot.model.outgoing import AnswerPress
from handlers.registry import Handles

ACTS = frozenset(act.value for act in Act)


async def press(visit: Visit, pressed: ButtonPressed, handles: Handles) -> None:
    """Answers the press itself, then does what the button says, once."""
    conversation = await visit.conversation()
    act = conversation.buttons.get(pressed.token)
    if pressed.press:
        visit.work.tx.send(visit.to.address, AnswerPress(pressed.press))
    if act is None or act.act not in ACTS:
        await stale(visit, conversation)
    elif act.act == Act.ANSWER.value:
        await _answer(visit, conversation, act)
    elif act.act == Act.FOR_CASE.value:
        await _for_case(visit, conversation, act, handles)
    else:
        await handles.acts[Act(act.act)](visit, act)


async def stale(visit: Visit, conversation: Conversation) -> None:
    """A kind answer, and the present question again where there is one."""
    await visit.say("stale.button")
    if not await claims.asks_about_lost(visit.work, conversation):
        await conversing.ask_again(visit.work, visit.to, conversation)


async def _answer(visit: Visit, conversation: Conversation, act: ButtonAct) -> None:
    if await claims.asks_about_lost(visit.work, conversation):
        await visit.say("claim.not_yours_now")
        return
    session = conversation.session
    question = session.question if session else None
    if question is None or question_key(question.flow, question.step) != act.step or conversation.about != act.case:
        await stale(visit, conversation)
        return
    await conversing.answer(visit.work, visit.to, conversation, Chosen(act.step, act.data))


async def _for_case(visit: Visit, conversation: Conversation, act: ButtonAct, handles: Handles) -> None:
    """Staff have said which case the kept words are for."""
    held: Held | None = conversation.held
    case = await visit.work.tx.case(act.case)
    if held is None or case is None or held.reason not in handles.verbs:
        await stale(visit, conversation)
        return
    await visit.work.change_conversation(visit.person_id, visit.side, held=None)
    await handles.verbs[held.reason](visit, case, held)
