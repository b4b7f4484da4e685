"""In which order those who wait are served: level, then waiting time, with ageing so that nothing waits for ever."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.event import CaseId, Milliseconds
from bot.model.index import CaseEntry
from bot.model.level import Level

AGEING_MS = 30 * 60 * 1_000
"""After this wait a case counts one level higher (a starting value, for a program's clinicians to judge)."""


def in_order(cases: Iterable[CaseEntry], now: Milliseconds) -> list[CaseEntry]:
    """The most urgent first. An emergency is never overtaken by age: ageing ends one level below it."""
    return sorted(cases, key=lambda case: (-_aged_level(case, now), case.since, case.case))


def place_of(case: CaseId, cases: Iterable[CaseEntry], now: Milliseconds) -> int:
    """The place of a case in the order, counted from 1; 0 when it is not there."""
    ordered = [entry.case for entry in in_order(cases, now)]
    return ordered.index(case) + 1 if case in ordered else 0


def _aged_level(case: CaseEntry, now: Milliseconds) -> int:
    if case.level >= Level.RED:
        return int(case.level)
    raised = int(case.level) + max(0, now - case.since) // AGEING_MS
    return min(raised, int(Level.RED))
