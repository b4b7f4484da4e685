"""What alerts see as an increase is told before it first happens: in a series that begins at one there is none."""

from __future__ import annotations

import pytest

from bot.console import Process, Pulse
from bot.console.metrics import exposition
from bot.runtime.measures import ALERTED, FAILURES, Measures


def told(measures: Measures) -> list[str]:
    return exposition(Pulse(processes={"worker-1": Process(measures)})).decode().splitlines()


@pytest.mark.parametrize(
    "line",
    [
        'sebaya_handler_failures_total{process="worker-1"} 0.0',
        'sebaya_crisis_alerted_seconds_count{drill="no",process="worker-1"} 0.0',
        'sebaya_crisis_alerted_seconds_bucket{drill="yes",le="30.0",process="worker-1"} 0.0',
        'sebaya_crisis_claimed_seconds_count{drill="no",process="worker-1"} 0.0',
    ],
)
def test_what_never_happened_yet_is_told_as_zero(line: str) -> None:
    assert line in told(Measures())


def test_what_happened_is_told_once_with_its_number() -> None:
    measures = Measures()
    measures.count(FAILURES)
    measures.took(ALERTED, 2.0, "no")
    lines = told(measures)
    assert [line for line in lines if line.startswith("sebaya_handler_failures_total{")] == [
        'sebaya_handler_failures_total{process="worker-1"} 1.0'
    ]
    counts = [line for line in lines if line.startswith("sebaya_crisis_alerted_seconds_count")]
    assert sorted(line.partition("} ")[2] for line in counts) == ["0.0", "1.0"]
