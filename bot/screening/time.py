"""When? Long ago lowers to a question, unless it is said to go on; very soon makes a plan an emergency."""

from __future__ import annotations

from bot.screening.context import LONGEST_SIGN, Context, Span

REACH = 8
"""Words within which a sign of the past tells of a match."""
BESIDE = 1
"""Words that a part of a sentence may hold beside a sign of the past which tells of another part."""
ATTACHED = 2
"""Words between a sign of the past and what it stands right before: a "now" behind them speaks of something else."""


def is_past(start: int, end: int, context: Context) -> bool:
    """Said to be over: a sign of the past in the same sentence, and none that it goes on."""
    if not context.spans["past"]:
        return False
    sentence = context.sentence_of(start)
    around = context.between("past", start - REACH - LONGEST_SIGN, end + REACH + 1)
    past = [span for span in around if _near(span, start, end, context) and context.sentence_of(span[0]) == sentence]
    if not past:
        return False
    attached = [(first, behind) for first, behind in past if 0 <= start - behind <= ATTACHED]
    if attached and _opened_by_now(attached[0], sentence, context):
        return False
    signs = ("still",) if attached else ("still", "now", "soon")
    return not any(context.said_in(name, sentence) for name in signs)


def _opened_by_now(past: Span, sentence: int, context: Context) -> bool:
    """ "Tadi sempat kepikiran", "today i had ...": the sign of the past tells of an hour ago."""
    before = context.between("now", past[0] - REACH - LONGEST_SIGN, past[0])
    return any(context.sentence_of(first) == sentence for first, _ in before)


def _near(span: Span, start: int, end: int, context: Context) -> bool:
    """Close enough to tell of the match, and neither denied nor asked itself: "ga pernah", "pernah ga sih"."""
    first, behind = span
    denied = context.lattice.barred(first - 1) or context.lattice.barred(behind)
    near = start - behind <= REACH and first - end <= REACH
    if first >= end and any(writer == behind for writer, _ in context.between("self", behind, behind + 1)):
        return False  # "pengen mati tahun lalu aku pindah": it opens what is said next
    told = context.same_statement(first, start) or context.same_statement(first, end - 1)
    return near and not denied and (told or _introduces(span, start, context))


def _introduces(span: Span, start: int, context: Context) -> bool:
    """Whether a sign is nearly all that the part of the sentence beside the match says: "dulu, aku ..." tells of what
    follows, "last year i moved, and ..." of the moving.
    """
    part = context.statement_around(span[0]) if span[0] < start else context.clause_around(span[0])
    if not (start in part or context.same_statement(part.stop, start) or context.same_statement(part.start - 1, start)):
        return False
    told = {place for first, behind in context.spans["past"] for place in range(first, behind)}
    return sum(place not in told and not context.lattice.is_filler(place) for place in part) <= BESIDE


def is_soon(context: Context) -> bool:
    """Tonight, tomorrow, in a minute: anywhere in the message."""
    return bool(context.spans["soon"])
