"""The checker demands that whoever was left is told, and blames nobody for what somebody who was away has missed."""

from __future__ import annotations

import pytest
from checker import check
from history import GONE
from phrases import put
from relayed_texts import FAILED
from small_day import CASE, HELPER, SmallDay


def test_a_student_who_goes_in_the_middle_and_a_helper_who_hears_of_it_are_right(day: SmallDay) -> None:
    day.goes("s1")
    day.bot("d1", put("talk.student_unreachable", alias=CASE))
    day.says("d1", 1, marks=(FAILED,))
    day.bot("d1", put("talk.failed_blocked"))
    assert not check(day.history).violations


def test_a_helper_who_never_hears_that_the_student_has_gone_is_found(day: SmallDay) -> None:
    day.goes("s1")
    assert check(day.history).kinds() == {"left unknowing"}


@pytest.mark.parametrize(("after_ms", "found"), [(1_000, set()), (6_000, {"left unknowing"})])
def test_an_end_takes_the_place_of_the_words_only_while_the_block_may_be_on_its_way(
    day: SmallDay, after_ms: int, found: set[str]
) -> None:
    day.goes("s1")
    day.time_passes(after_ms)
    day.ends()
    assert check(day.history).kinds() == found


def test_words_about_somebody_else_tell_a_helper_nothing(day: SmallDay) -> None:
    day.goes("s1")
    day.bot("d1", put("talk.student_unreachable", alias="Melati 99"))
    assert check(day.history).kinds() == {"left unknowing"}


def test_whoever_was_away_is_with_nobody_any_more(day: SmallDay) -> None:
    day.goes("d1")
    day.bot("s1", put("talk.helper_lost"))
    day.returns("d1")
    day.goes("s1")
    assert not check(day.history).violations


def test_a_block_is_told_later_where_something_is_broken_meanwhile(day: SmallDay) -> None:
    day.goes("s1")
    day.time_passes(2_000)
    day.trouble("kill worker-1")
    day.time_passes(4_000)
    day.ends()
    assert not check(day.history).violations


@pytest.mark.parametrize(("after_ms", "found"), [(1_000, set()), (6_000, {"left unknowing"})])
def test_a_student_who_stops_much_later_was_not_told(day: SmallDay, after_ms: int, found: set[str]) -> None:
    day.goes("d1")
    day.time_passes(after_ms)
    day.writes("s1", "/stop")
    assert check(day.history).kinds() == found


def test_a_text_to_somebody_who_has_gone_is_lost_where_its_writer_is_not_told(day: SmallDay) -> None:
    day.goes("s1", kind=GONE)
    day.says("d1", 1, marks=(FAILED,))
    assert check(day.history).kinds() == {"lost"}


@pytest.mark.parametrize("told", [True, False])
def test_a_student_must_hear_that_the_helper_has_gone(day: SmallDay, *, told: bool) -> None:
    day.goes("d1")
    if told:
        day.bot("s1", put("talk.helper_lost"))
    assert check(day.history).kinds() == (set() if told else {"left unknowing"})


def test_a_lost_helper_and_the_next_one_are_no_offer_accepted_twice(day: SmallDay) -> None:
    day.goes("d1")
    day.bot("s1", put("talk.helper_lost"))
    day.bot("s1", put("talk.begun_student", alias="Elang 55", own_alias=CASE))
    day.returns("d1")
    day.bot("d1", put("talk.begun_supporter", alias=CASE, own_alias="Elang 55"))
    assert not check(day.history).violations


def test_what_was_written_by_somebody_who_has_gone_since_need_not_be_told(day: SmallDay) -> None:
    day.says("s1", 4, marks=())
    day.goes("s1")
    day.bot("d1", put("talk.student_unreachable", alias=CASE))
    found = check(day.history)
    assert not found.violations
    assert found.counts["texts whose writer went"] == 1


def test_what_somebody_who_was_away_wrote_uses_up_no_word_about_a_later_text(day: SmallDay) -> None:
    day.says("d1", 1, marks=())
    day.goes("d1")
    day.bot("s1", put("talk.helper_lost"))
    day.returns("d1")
    day.says("d1", 2, marks=(FAILED,))
    assert check(day.history).kinds() == {"lost"}
    day.bot("d1", put("case.none_open"))
    found = check(day.history)
    assert not found.violations
    assert found.counts["texts whose writer went"] == 1


def test_a_crisis_that_its_student_has_missed_half_of_must_still_be_taken() -> None:
    day = SmallDay()
    text = day.says("s1", 1, crisis=True, marks=())
    day.bot("s1", put("crisis.answer"))
    day.goes("s1")
    day.bot("k1", put("alert.new", alias=CASE))
    assert check(day.history).kinds() == {"crisis left open"}
    day.bot("k1", put("claim.yours", alias=CASE, own_alias=HELPER))
    day.relayed("k1", CASE, text)
    assert check(day.history).kinds() == {"two holders"}
    day.bot("k1", put("claim.closed", alias=CASE))
    assert not check(day.history).violations


def test_a_counselor_who_has_gone_holds_nothing_any_more() -> None:
    day = SmallDay()
    day.is_taken(1)
    day.goes("k1")
    assert "left unknowing" in check(day.history).kinds()
    day.bot("s1", put("crisis.back_in_queue", alias=HELPER))
    day.taken("k2", "Pinus 44")
    day.closed("k2", "Pinus 44")
    assert not check(day.history).violations


@pytest.mark.parametrize("at_once", [True, False])
def test_an_alarm_that_reaches_nobody_and_is_not_widened_at_once_is_found(*, at_once: bool) -> None:
    day = SmallDay()
    day.goes("k1", "k2")
    text = day.cries(1)
    day.time_passes(0 if at_once else 6_000)
    day.bot("h1", put("alert.for_coordinator", alias=CASE))
    day.bot("s1", put("crisis.alerted"))
    day.time_passes(6_000)
    day.returns("k1", "k2")
    day.taken("k1")
    day.relayed("k1", CASE, text)
    day.closed("k1")
    found = check(day.history)
    assert found.kinds() == (set() if at_once else {"not widened"})
    assert found.counts["cries to nobody"] == 1


def test_a_counselor_who_goes_and_takes_the_same_case_again_held_it_once_at_a_time() -> None:
    day = SmallDay()
    day.is_taken(1)
    day.goes("k1")
    day.bot("s1", put("crisis.back_in_queue", alias=HELPER))
    day.returns("k1")
    day.taken("k1", "Pinus 44")
    day.closed("k1", "Pinus 44")
    assert not check(day.history).violations
