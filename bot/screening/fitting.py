"""The rules that fit a text, each with its first word and the word after its last; without those that idioms take.

What stands around them, and what is left of their levels, is asked in `bot.screening.judge`.
"""

from __future__ import annotations

from typing import TypeAlias

from bot.screening.lattice import Lattice, spans
from bot.screening.near import Near
from bot.screening.rule import Rule
from bot.screening.telling import Group, possible

Fit: TypeAlias = tuple[Rule, int, int]
"""A rule that fits, its first word, and the word after its last."""
PERSONS = ("{self}", "{you}")
"""Whoever is named behind a match begins another sentence, even where no comma says so."""


def fitting(rules: list[Group[Rule]], lattice: Lattice) -> list[Fit]:
    """In the order of the text; at one place the longest first, then the gravest."""
    fits: list[tuple[int, int, int, Rule]] = []
    for row in possible(rules, lattice.words.missing):
        where = lattice.matches(row.course)
        if where:
            for start, end in spans(where):
                for place, rule in row.found:
                    if (not rule.closes or lattice.closed(end)) and (not rule.alone or lattice.alone(start, end)):
                        fits.append((start, -end, place, rule))
    if not fits:
        return []
    fits.sort()
    idioms = _idioms(lattice)
    found: list[Fit] = [(rule, start, -end) for start, end, _, rule in fits]
    return [fit for fit in found if not _is_idiom(*fit, idioms, lattice)] if idioms else found


def _idioms(lattice: Lattice) -> Near[None]:
    """An idiom is said in one breath: "mati aku" is one, "pengen mati, aku ..." is none."""
    found: dict[tuple[int, int], None] = {}
    for row in possible(lattice.words.idioms(), lattice.words.missing):
        where = lattice.matches(row.course)
        if where:
            clauses = lattice.words.clauses
            found.update((span, None) for span in spans(where) if clauses[span[0]] == clauses[span[1] - 1])
    return Near(found)


def holds(first: int, last: int, start: int, end: int) -> bool:
    """Whether the longer words hold the shorter ones."""
    return first <= start and end <= last and last - first > end - start


def _is_idiom(rule: Rule, start: int, end: int, idioms: Near[None], lattice: Lattice) -> bool:
    """Whether the words of a match belong to an idiom. A phrase that is longer and names the idiom whole stands; so
    does one behind which somebody is named: "mati aku" is an idiom, "aku mau mati aku ga kuat" are two sentences.
    """
    if rule.gapped:
        return any(True for _ in idioms.over(start, end))
    return any(
        not holds(start, end, first, last) and not (start < first < end < last and _another_begins(end, last, lattice))
        for first, last, _ in idioms.over(start, end)
    )


def _another_begins(end: int, last: int, lattice: Lattice) -> bool:
    """Whether behind a match somebody is named of whom more is said."""
    return not lattice.closed(last) and any(lattice.begins(who, end) for who in PERSONS)
