"""Whom is it about? The nearest person named before the match, unless something cuts them off from it."""

from __future__ import annotations

from bot.screening.context import LONGEST_SIGN, Context

SELF, YOU, OTHER, PEOPLE, NONE = "self", "you", "other", "people", "none"
REACH = {SELF: 12, OTHER: 7, PEOPLE: 7, YOU: 4}
"""Words within which somebody named before a match is its subject."""


def subject_of(start: int, end: int, context: Context, *, bare: bool) -> str:
    """`self`, `you`, `other` (somebody the writer knows), `people` (nobody in particular) or `none`. For a bare mention
    of the matter, people named behind it count as well.
    """
    if context.between("own", start, end):
        return SELF
    if not context.named:
        return NONE
    nearest: tuple[int, int, str] | None = None
    sentence = context.sentence_of(start)
    for name in context.named:
        reach = REACH[name]
        for first, behind in context.between(name, start - reach - LONGEST_SIGN, end):
            if context.sentence_of(first) != sentence or start - behind > reach:
                continue
            if name != SELF and (behind > start or not context.same_part(behind - 1, start)):
                continue
            if name != SELF and context.ends_at("oblique", first):
                continue  # "capek sama orang orang, pengen mati": they are not the ones who want
            at = (min(behind, start), behind - first, name)
            if nearest is None or at > nearest:
                nearest = at
    if nearest is None:
        return PEOPLE if bare and _speaks_of_people(end, sentence, context) else NONE
    if nearest[2] != SELF and _cut_off(nearest[0], start, context):
        return NONE
    return nearest[2]


def _speaks_of_people(end: int, sentence: int, context: Context) -> bool:
    """ "Suicide among teenagers": nobody is named before, and people in general right behind."""
    behind = context.between("people", end, end + REACH["people"] + 1)
    return any(context.sentence_of(first) == sentence for first, _ in behind)


def _cut_off(named: int, start: int, context: Context) -> bool:
    """ "Dia bikin pengen mati": somebody else is named, but is not the one who wants."""
    return bool(context.between("breaks", named, start))
