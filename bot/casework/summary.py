"""A case in words, for the human who is about to help: what the check-in said, the level, the topic, the timeline."""

from __future__ import annotations

from collections.abc import Mapping

from bot.casework.work import Work
from bot.model.case import Answer, Case
from bot.model.level import Level
from bot.model.session import Value
from bot.model.text import Language

SUMMARISED = ("mood", "weight", "topic", "safety", "words", "now", "where", "company", "you")
"""What of a check-in, and of the questions about somebody else, goes along, in this order; whatever else a flow saves
stays in the flow.
"""


def answers_from(values: Mapping[str, Value]) -> tuple[Answer, ...]:
    """The check-in's answers as the case keeps them. What was skipped is left out."""
    found = ((name, values.get(name)) for name in SUMMARISED)
    return tuple(Answer(name, _as_text(value)) for name, value in found if value not in {None, ""})


def check_in_summary(work: Work, case: Case, language: Language) -> str:
    """A line an answer, but for the topic, which stands apart; a sentence of its own where there was no check-in."""
    lines = [_line(work, answer, language) for answer in case.checkin if answer.question != "topic"]
    return "\n".join(lines) or work.text("checkin.none", language)


def topic_label(work: Work, topic: str, language: Language) -> str:
    """The topic's name; a general word for a case without one."""
    known = work.content.topics.get(topic)
    return known.label.in_(language) if known else work.text("checkin.no_topic", language)


def level_label(work: Work, level: Level, language: Language) -> str:
    """The level with its colour, as the health ministry's zones name it."""
    return work.text(f"level.{level.word}", language)


def _line(work: Work, answer: Answer, language: Language) -> str:
    shown = answer.answer
    key = f"checkin.{answer.question}_{answer.answer}"
    if key in work.content.keys:
        shown = work.text(key, language)
    return work.text(f"checkin.{answer.question}", language, answer=shown)


def _as_text(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
