"""Judges a run by its history alone."""

from __future__ import annotations

import crises
import departures
import relayed_texts
import talks
import truths
from history import History
from verdict import Findings


def check(history: History) -> Findings:
    """All violations, and the counts."""
    found = Findings()
    for one in (relayed_texts, crises, talks, truths, departures):
        found.take_in(one.check(history))
    if not history.settled:
        found.add("never settled", f"still waiting in the end: {', '.join(history.unsettled)}")
    for death in history.deaths:
        found.add("a process ended by itself", death)
    return found
