"""The way of a crisis is timed from what commits change: each stage once, drills apart."""

from __future__ import annotations

import msgspec

from bot.app.crisis_times import CrisisTimes
from bot.model.address import Address, Side
from bot.model.case import Alarm, Case, Party, State
from bot.model.level import Flag, Level
from bot.runtime.measures import ALERTED, CLAIMED, CRISES, Measures

PARTY = Party("p_x", Side.STUDENT, Address("test", "student", "1"), "Biru", "id")
QUEUED = Case("c_1", State.QUEUED, 0, 0, Level.RED, "", PARTY, alarm=Alarm(raised_at=1_000))
ALERTED_CASE = msgspec.structs.replace(QUEUED, alarm=Alarm(raised_at=1_000, delivered=True))
CLAIMED_CASE = msgspec.structs.replace(ALERTED_CASE, state=State.CLAIMED)


def test_each_stage_is_timed_once_from_the_alarm() -> None:
    measures = Measures()
    told = CrisisTimes(measures)
    told(None, QUEUED, 1_000)
    told(QUEUED, ALERTED_CASE, 3_000)
    told(ALERTED_CASE, ALERTED_CASE, 4_000)
    told(ALERTED_CASE, CLAIMED_CASE, 61_000)
    told(CLAIMED_CASE, CLAIMED_CASE, 62_000)
    assert measures.tallies == {(CRISES, ("red", "no")): 1}
    assert {what: spans.total_s for what, spans in measures.timings.items()} == {
        (ALERTED, ("no",)): 2.0,
        (CLAIMED, ("no",)): 60.0,
    }


def test_a_drill_is_counted_apart() -> None:
    measures = Measures()
    CrisisTimes(measures)(None, msgspec.structs.replace(QUEUED, flags=frozenset({Flag.DRILL})), 0)
    assert measures.tallies == {(CRISES, ("red", "yes")): 1}
