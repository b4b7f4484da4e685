"""Shows a flow's question with its buttons, and notes when it times out."""

from __future__ import annotations

from bot.casework.reach import Reach
from bot.casework.timers import flow_timer_id
from bot.casework.words import Act, Conversing, Timer
from bot.casework.work import Choice, Work
from bot.flow.effects import Ask
from bot.model.conversation import ButtonAct
from bot.model.event import CaseId, TimerRang
from bot.model.outgoing import EditText, SendText

WITH_CRISIS_BUTTON = frozenset({Conversing.CHECK_IN, Conversing.SELF_HELP, Conversing.CLOSING})
"""Conversations of a student in which the crisis button stands under every question (domain.md 2.3)."""
TICK = "✓ "


def question_ref(question: Ask) -> str:
    """Names the message that shows a question, for its edit when only the ticks change."""
    return f"question:{question.key}"


async def ask(work: Work, to: Reach, question: Ask, about: CaseId, purpose: str) -> None:
    """Sends the question, or edits it where it stands already."""
    rows = _rows(to, question, about)
    if purpose in WITH_CRISIS_BUTTON:
        rows.append([(work.text("crisis.button", to.language), ButtonAct(Act.CRISIS.value))])
    keyboard = await work.keyboard(to, *rows) if rows else ()
    text = question.text.in_(to.language)
    ref = question_ref(question)
    await work.send(to, EditText(ref, text, keyboard) if question.update else SendText(text, keyboard, ref))
    if question.timeout_ms:
        timer = flow_timer_id(Timer.QUESTION, to.person, to.side)
        ring = TimerRang(Timer.QUESTION.value, data=f"{to.side.value} {question.key}")
        work.tx.start_timer(timer, work.now + question.timeout_ms, to.person, ring)


def _rows(to: Reach, question: Ask, about: CaseId) -> list[list[Choice]]:
    choices: list[Choice] = []
    for option in question.options:
        label = option.label.in_(to.language)
        act = ButtonAct(Act.ANSWER.value, about, option.value, question.key)
        choices.append((TICK + label if option.ticked else label, act))
    columns = max(1, question.columns)
    return [choices[start : start + columns] for start in range(0, len(choices), columns)]
