"""How timers are named: one of a kind for each case, or for each person and side, so a new one replaces the old."""

from __future__ import annotations

from bot.casework.words import Timer
from bot.model.address import Side
from bot.model.event import CaseId, PersonId

OF_A_CASE = (
    Timer.OFFER,
    Timer.RECHECK,
    Timer.ALARM,
    Timer.LEASE,
    Timer.LEASE_WARNING,
    Timer.IDLE,
    Timer.CLOSING,
)


def timer_id(timer: Timer, case: CaseId) -> str:
    return f"{timer.value}:{case}"


def drill_timer_id(person: PersonId) -> str:
    """A drill belongs to its synthetic student."""
    return f"{Timer.DRILL.value}:{person}"


def flow_timer_id(timer: Timer, person: PersonId, side: Side) -> str:
    """For a question's time-out or a `wait` step of the flow that runs there."""
    return f"{timer.value}:{person}:{side.value}"
