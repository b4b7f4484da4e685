"""The report on labelled messages counts right and tells how sure it is."""

from __future__ import annotations

import pytest
from small_list import SMALL
from word_lists import lists_of

from bot.screening import evaluate_rows, render
from bot.screening.evaluation import wilson

LISTS = lists_of(SMALL)
ROWS = [
    {"text": "aku mau mati", "label": "crisis", "source": "one"},
    {"text": "pengen menghilang", "label": "crisis", "source": "one"},
    {"text": "sakit hati", "label": "crisis", "source": "two"},
    {"text": "mau mati", "label": "other", "source": "two"},
    {"text": "halo", "label": "other", "source": "two"},
]


def test_found_missed_and_false_alarms_are_counted_by_source() -> None:
    report = evaluate_rows(ROWS, LISTS)
    one, two = report.by_source["one"], report.by_source["two"]
    assert (one.crisis, one.found, one.crisis_yellow) == (2, 1, 1)
    assert (two.crisis, two.found, two.other, two.alarms) == (1, 0, 2, 1)
    assert (report.total.crisis, report.total.other) == (3, 2)


def test_the_worst_misses_come_first() -> None:
    assert [miss.text for miss in evaluate_rows(ROWS, LISTS).misses] == ["sakit hati", "pengen menghilang"]


def test_the_report_reads_as_text() -> None:
    text = render(evaluate_rows(ROWS, LISTS))
    assert "0.333" in text
    assert "500.0" in text
    assert "sakit hati" in text
    assert LISTS.version in text


def test_no_rows_make_an_empty_report() -> None:
    assert "nothing was flagged" in render(evaluate_rows([], LISTS))


@pytest.mark.parametrize(
    "row", [{"text": "a"}, {"label": "crisis"}, {"text": 3, "label": "other"}, {"text": "a", "label": "x"}]
)
def test_a_row_that_cannot_be_counted_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="row 1"):
        evaluate_rows([row], LISTS)


def test_an_interval_holds_the_share_and_narrows_with_numbers() -> None:
    low, high = wilson(5, 10)
    assert low == pytest.approx(0.2366, abs=0.001)
    assert high == pytest.approx(0.7634, abs=0.001)
    wide, narrow = wilson(0, 10), wilson(0, 10_000)
    assert wide[0] == narrow[0] == 0
    assert narrow[1] < wide[1] < 0.5
    assert wilson(0, 0) == (0.0, 1.0)
