"""Is it denied? "Aku ga mau mati" is; "aku ga mau hidup" is a phrase of its own that holds its negation."""

from __future__ import annotations

from bot.screening.context import LONGEST_SIGN, Context
from bot.screening.rule import Rule

REACH = 3
"""Words between a negation and what it denies: "ga pernah lagi kepikiran bunuh diri"."""


def is_denied(rule: Rule, start: int, context: Context) -> bool:
    """Whether a negation stands right before the match, with nothing but small words in between."""
    if rule.negative or "negation" in rule.ignores:
        return False
    low = start - REACH - LONGEST_SIGN
    negations = context.between("not", low, start)
    if not negations:
        return False
    ends = {behind for _, behind in negations}
    tags = context.between("tags", low - LONGEST_SIGN, start)
    for first, behind in negations:
        if first in ends or any(tag <= first < after for tag, after in tags):
            continue  # "can't stop thinking of it": two negations are none; "boleh ga sih" asks and denies nothing
        if _another_begins(behind, start, context):
            continue
        near = behind <= start <= behind + REACH and context.same_clause(first, start)
        if near and _small(range(behind, start), context):
            return True
    return False


def _another_begins(behind: int, start: int, context: Context) -> bool:
    """Whether the writer speaks anew right behind the negation, or after a word like "terus": "boleh cerita ga aku mau
    mati", "engga aku mau mati".
    """
    anew = any(first == behind for first, _ in context.between("self", behind, start + 1))
    return anew or bool(context.between("joins", behind, start))


def _small(between: range, context: Context) -> bool:
    low = between.start - LONGEST_SIGN
    passing = (span for name in ("self", "passes") for span in context.between(name, low, between.stop))
    passable = {place for span in passing for place in range(*span)}
    return all(context.lattice.is_filler(place) or place in passable for place in between)
