"""In what frame? News, a lyric, a game, homework, a joke: the words are there, the danger most likely is not."""

from __future__ import annotations

from bot.screening.context import Context
from bot.screening.lists import FrameRule, Lists, Rule
from bot.screening.person import SELF


def frame_of(rule: Rule, start: int, subject: str, context: Context, lists: Lists) -> FrameRule | None:
    """The frame that lowers the match most, if any does."""
    if "frames" in rule.ignores:
        return None
    sentence = context.sentence_of(start)
    found = (
        frame
        for frame in lists.frames
        if rule.category not in frame.spares
        and (frame.writer_too or subject != SELF)
        and _stands(frame, sentence, context)
    )
    return min(found, key=lambda frame: frame.lowers_to, default=None)


def _stands(frame: FrameRule, sentence: int, context: Context) -> bool:
    name = f"frame {frame.name}"
    if frame.within == "message":
        return bool(context.spans(name))
    return any(True for _ in context.in_sentence(name, sentence))
