"""In what frame? News, a lyric, a game, homework, a joke: the words are there, the danger most likely is not."""

from __future__ import annotations

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
            for span in context.between(f"frame {frame.name}", start - REACH_FAR, start + REACH_FAR + 1)
        )
    )
    return min(found, key=lambda frame: frame.lowers_to, default=None)


def _covers(rule: Rule, frame: FrameRule, span: Span, start: int, context: Context) -> bool:
    """Whether a sign of the frame stands near enough to say something of the match. From another sentence a frame
    reaches only what merely names the matter.
    """
    apart = context.sentence_of(span[0]) != context.sentence_of(start)
    if apart and (frame.within == "sentence" or not rule.bare):
        return False
    reach = REACH_NEAR if frame.within == "sentence" else REACH_FAR
    return -reach <= span[0] - start <= reach
