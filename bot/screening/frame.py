"""In what frame? News, a lyric, a game, homework, a joke: the words are there, the danger most likely is not."""

from __future__ import annotations

from bot.model.level import Level
from bot.screening.context import Context, Span
from bot.screening.lists import FrameRule
from bot.screening.person import SELF
from bot.screening.rule import Rule

REACH_NEAR, REACH_FAR = 8, 14
"""Words between a match and a sign of a frame that holds within the sentence, or within the message."""


def frame_of(rule: Rule, start: int, subject: str, context: Context) -> FrameRule | None:
    """The frame that lowers the match most, if any does."""
    if not context.frames or "frames" in rule.ignores:
        return None
    found = (
        frame
        for frame in context.frames
        if rule.category not in frame.spares
        and (frame.writer_too or subject != SELF)
        and any(
            _covers(rule, frame, span, start, context)
            for span in context.between(frame.sign, start - REACH_FAR, start + REACH_FAR + 1)
        )
    )
    return min(found, key=lambda frame: frame.lowers_to, default=None)


def _covers(rule: Rule, frame: FrameRule, span: Span, start: int, context: Context) -> bool:
    """Whether a sign of the frame stands near enough to say something of the match. News of another sentence reach only
    what merely names the matter. "Adikku main game, ..." says nothing of what the writer wants; a laugh does.
    """
    apart = context.sentence_of(span[0]) != context.sentence_of(start)
    if frame.within == "message":
        return rule.bare or not apart
    jokes = frame.lowers_to is Level.YELLOW or rule.about != "writer"
    near = -REACH_NEAR <= span[0] - start <= REACH_NEAR
    return near and not apart and (jokes or context.same_part(span[0], start))
