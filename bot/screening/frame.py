"""In what frame? News, a lyric, a game, homework, a joke: the words are there, the danger most likely is not."""

from __future__ import annotations

from bot.model.level import Level
from bot.screening.context import Context, Span
from bot.screening.lists import FrameRule
from bot.screening.person import SELF
from bot.screening.rule import Rule

REACH_NEAR, REACH_FAR = 8, 14
"""Words between a match and a sign of a frame that holds within the sentence; and within the message, or for a joke."""


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
            _covers(rule, frame, span, start, subject, context)
            for span in context.between(frame.sign, start - REACH_FAR, start + REACH_FAR + 1)
        )
    )
    return min(found, key=lambda frame: frame.lowers_to, default=None)


def _covers(rule: Rule, frame: FrameRule, span: Span, start: int, subject: str, context: Context) -> bool:
    """Whether a sign of the frame stands near enough to say something of the match. News of another sentence reach only
    what merely names the matter; a trifle tells what the next sentence is about: "farted in yoga. i must die".
    "Adikku main game, ..." says nothing of what the writer wants; a laugh does.
    """
    if not context.same_clause(span[0], span[1] - 1):
        return False  # like an idiom, a sign is said in one breath: "if i died, that movie ..." is none
    apart = context.sentence_of(span[0]) != context.sentence_of(start)
    asks = frame.lowers_to is Level.YELLOW
    if frame.within == "message":
        return rule.bare or not apart or asks
    jokes = asks or (rule.about != "writer" and subject != SELF)
    reach = REACH_FAR if asks else REACH_NEAR
    near = start - span[1] < reach and span[0] - start <= reach
    return near and not apart and (jokes or context.same_part(span[0], start))
