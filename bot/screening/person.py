"""Whom is it about? The nearest person named before the match, unless something cuts them off from it."""

from __future__ import annotations

from bot.screening.context import Context

REACH = {"self": 12, "other": 7, "people": 7, "you": 4}
"""Words within which somebody named before a match is its subject."""

SELF, YOU, OTHER, PEOPLE, NONE = "self", "you", "other", "people", "none"


def subject_of(start: int, end: int, context: Context, *, bare: bool) -> str:
    """`self`, `you`, `other` (somebody the writer knows), `people` (nobody in particular) or `none`. For a bare mention
    of the matter, people named behind it count as well.
    """
    if any(start <= span.start < end for span in context.spans("own")):
        return SELF
    nearest: tuple[int, int, str] | None = None
    sentence = context.sentence_of(start)
    for name, reach in REACH.items():
        for span in context.in_sentence(name, sentence):
            if span.start >= end or start - span.end > reach:
                continue
            if name != SELF and (span.end > start or not context.same_clause(span.end - 1, start)):
                continue
            at = (min(span.end, start), span.end - span.start, name)
            if nearest is None or at > nearest:
                nearest = at
    if nearest is None:
        return PEOPLE if bare and _speaks_of_people(end, sentence, context) else NONE
    if nearest[2] != SELF and _cut_off(nearest[0], start, context):
        return NONE
    return nearest[2]


def _speaks_of_people(end: int, sentence: int, context: Context) -> bool:
    """ "Suicide among teenagers": nobody is named before, and people in general right behind."""
    return any(0 <= span.start - end <= REACH["people"] for span in context.in_sentence("people", sentence))


def _cut_off(named: int, start: int, context: Context) -> bool:
    """ "Dia bikin pengen mati": somebody else is named, but is not the one who wants."""
    return any(named <= span.start < start for span in context.spans("breaks"))
