"""The checker finds each kind of violation in a history made by hand, and none in a good day."""

from __future__ import annotations

import pytest
from checker import check
from phrases import WORDING, put
from relayed_texts import FAILED, WAITING
from small_day import CASE, HELPER, PEER, SmallDay


def test_a_good_day_has_no_violation(day: SmallDay) -> None:
    day.ends()
    day.is_helped(4)
    found = check(day.history)
    assert not found.violations
    assert (found.counts["texts sent"], found.counts["texts delivered"], found.counts["crises"]) == (4, 4, 1)


# Texts.


def test_a_text_that_is_nowhere_is_lost(day: SmallDay) -> None:
    day.says("s1", 4, marks=())
    assert check(day.history).kinds() == {"lost"}


def test_a_mark_of_delivery_for_a_text_that_is_nowhere_is_false(day: SmallDay) -> None:
    day.says("s1", 4)
    assert check(day.history).kinds() == {"false tick"}


def test_a_mark_of_failure_without_a_word_is_not_enough(day: SmallDay) -> None:
    day.says("s1", 4, marks=(FAILED,))
    day.says("d1", 1, marks=(FAILED,))
    assert check(day.history).kinds() == {"lost"}
    day.bot("s1", put("talk.not_passed_on"))
    assert check(day.history).kinds() == {"lost"}
    day.bot("d1", put("talk.not_passed_on_staff"))
    assert not check(day.history).violations


def test_a_text_that_arrived_and_whose_writer_never_saw_a_mark_is_found(day: SmallDay) -> None:
    day.relayed("d1", CASE, day.says("s1", 4, marks=()))
    assert check(day.history).kinds() == {"no mark"}


def test_one_telling_sentence_explains_one_text_and_no_more(day: SmallDay) -> None:
    day.says("d1", 1, marks=())
    day.says("d1", 2, marks=())
    day.bot("d1", put("case.none_open"))
    assert check(day.history).kinds() == {"lost"}
    day.bot("d1", put("case.none_open"))
    assert not check(day.history).violations


def test_a_text_kept_for_nobody_is_accounted_for() -> None:
    day = SmallDay()
    day.bot("s1", put("waiting.begun"))
    day.says("s1", 1, marks=(WAITING,))
    day.bot("s1", put("waiting.left"))
    assert not check(day.history).violations


def test_a_text_kept_and_not_given_to_whoever_came_is_lost() -> None:
    day = SmallDay()
    day.bot("s1", put("waiting.begun"))
    day.says("s1", 1, marks=(WAITING,))
    day.begins()
    assert "lost" in check(day.history).kinds()


def test_a_text_that_overtakes_another_is_out_of_order(day: SmallDay) -> None:
    late, early = day.says("s1", 4), day.says("s1", 5)
    day.relayed("d1", CASE, early)
    day.relayed("d1", CASE, late)
    assert check(day.history).kinds() == {"out of order"}


def test_a_text_that_comes_twice_for_no_reason_is_doubled(day: SmallDay) -> None:
    text = day.says("s1", 4)
    day.relayed("d1", CASE, text)
    for _ in range(30):
        day.bot("k1", put("queue.empty"))
    day.relayed("d1", CASE, text)
    assert check(day.history).kinds() == {"doubled"}


def test_one_text_may_come_twice_around_a_crash(day: SmallDay) -> None:
    text = day.says("s1", 4)
    day.relayed("d1", CASE, text)
    day.trouble("kill sender-1")
    day.relayed("d1", CASE, text)
    found = check(day.history)
    assert not found.violations
    assert found.counts["repeated by a kill"] == 1


def test_a_crash_of_what_sends_nothing_excuses_no_repetition(day: SmallDay) -> None:
    text = day.says("s1", 4)
    day.relayed("d1", CASE, text)
    day.trouble("kill gateway")
    day.relayed("d1", CASE, text)
    assert check(day.history).kinds() == {"doubled"}


def test_a_crash_excuses_no_second_text_of_the_same_chat(day: SmallDay) -> None:
    first, second = day.says("s1", 4), day.says("s1", 5)
    day.relayed("d1", CASE, first)
    day.trouble("kill sender-1")
    for text in (first, second, second):
        day.relayed("d1", CASE, text)
    assert check(day.history).kinds() == {"doubled"}


def test_a_repetition_after_something_else_is_doubled_even_around_a_crash(day: SmallDay) -> None:
    text = day.says("s1", 4)
    day.relayed("d1", CASE, text)
    day.trouble("kill sender-1")
    day.bot("d1", put("queue.empty"))
    day.relayed("d1", CASE, text)
    assert check(day.history).kinds() == {"doubled"}


def test_a_note_on_a_students_phone_has_leaked(day: SmallDay) -> None:
    day.relayed("s1", PEER, "catatan k1-1")
    assert check(day.history).kinds() == {"note leaked"}


def test_a_students_text_on_another_students_phone_has_strayed(day: SmallDay) -> None:
    day.relayed("s1", CASE, day.says("s1", 4))
    assert "strayed" in check(day.history).kinds()


# Crises.


def test_a_cry_for_help_without_an_answer_is_found() -> None:
    day = SmallDay()
    day.says("s1", 1, crisis=True, marks=(FAILED,))
    day.bot("s1", put("start.menu"))
    assert check(day.history).kinds() == {"crisis without an answer"}


def test_a_crisis_that_no_counselor_was_called_for_is_found() -> None:
    day = SmallDay()
    text = day.cries(1)
    day.taken("k1")
    day.relayed("k1", CASE, text)
    day.closed("k1")
    assert check(day.history).kinds() == {"crisis without an alert"}


def test_a_student_left_in_silence_and_a_case_left_open_are_found() -> None:
    day = SmallDay()
    text = day.cries(1)
    day.relayed("k1", CASE, text)
    assert check(day.history).kinds() == {"crisis in silence", "crisis without an alert", "crisis left open"}


def test_a_second_answer_to_one_cry_means_queued_twice() -> None:
    day = SmallDay()
    day.cries(1)
    day.alerted()
    day.bot("s1", put("crisis.answer"))
    assert "queued twice" in check(day.history).kinds()


def test_a_case_that_nobody_cried_for_is_found() -> None:
    day = SmallDay()
    day.bot("k1", put("alert.new", alias="Kabut 77"))
    day.is_helped(1)
    assert check(day.history).kinds() == {"queued twice", "crisis left open"}


def test_two_counselors_at_once_are_found_on_the_students_phone_and_on_theirs() -> None:
    day = SmallDay()
    day.is_taken(1)
    day.taken("k2", "Pinus 44")
    day.closed("k2", "Pinus 44")
    found = check(day.history)
    assert found.kinds() == {"two holders"}
    assert len(found.violations) == 2


def test_one_counselor_after_the_other_is_right() -> None:
    day = SmallDay()
    day.is_taken(1)
    day.bot("k1", put("claim.lease_ran_out", alias=CASE))
    day.bot("s1", put("crisis.back_in_queue", alias=HELPER))
    day.taken("k2", "Pinus 44")
    day.closed("k2", "Pinus 44")
    assert not check(day.history).violations


# What the bot says.


def test_word_of_an_alert_before_any_has_arrived_is_found() -> None:
    day = SmallDay()
    text = day.cries(1)
    day.bot("s1", put("crisis.alerted"))
    day.bot("k1", put("alert.new", alias=CASE))
    day.taken("k1")
    day.relayed("k1", CASE, text)
    day.closed("k1")
    assert check(day.history).kinds() == {"said too soon"}


@pytest.mark.parametrize("in_time", [True, False])
def test_a_peer_who_is_let_go_before_the_counselor_wrote_is_found(day: SmallDay, *, in_time: bool) -> None:
    text = day.cries(4)
    day.relayed("d1", CASE, text)
    day.alerted()
    day.taken("k1")
    day.relayed("k1", CASE, text)
    if in_time:
        day.relayed("s1", HELPER, day.says("k1", 1))
    day.bot("d1", put("talk.handed_over", alias=CASE))
    day.bot("d1", WORDING.question("debrief", "heavy"))
    if not in_time:
        day.relayed("s1", HELPER, day.says("k1", 1))
    day.closed("k1")
    assert check(day.history).kinds() == (set() if in_time else {"left alone"})


# Effects.


def test_an_offer_accepted_twice_is_found(day: SmallDay) -> None:
    day.bot("d1", put("talk.begun_supporter", alias=CASE, own_alias="Elang 55"))
    day.bot("s1", put("talk.begun_student", alias="Elang 55", own_alias=CASE))
    assert check(day.history).kinds() == {"effect twice"}


def test_a_talk_that_began_for_one_of_the_two_only_is_found(day: SmallDay) -> None:
    day.ends()
    day.bot("d1", put("talk.begun_supporter", alias="Kabut 77", own_alias=PEER))
    assert check(day.history).kinds() == {"effect twice"}


def test_a_talk_without_a_debrief_is_found(day: SmallDay) -> None:
    day.bot("d1", put("talk.student_ended", alias=CASE))
    assert check(day.history).kinds() == {"debrief missing"}


def test_a_second_debrief_is_found(day: SmallDay) -> None:
    day.ends()
    day.bot("d1", put("stale.button"))
    day.bot("d1", WORDING.question("debrief", "heavy"))
    assert not check(day.history).violations
    day.bot("d1", "…")
    day.bot("d1", WORDING.question("debrief", "heavy"))
    assert check(day.history).kinds() == {"effect twice"}


def test_a_process_that_ended_by_itself_and_a_day_that_never_ends_are_told(day: SmallDay) -> None:
    day.history.deaths.append("worker-1: 1")
    day.history.unsettled = ("s1",)
    assert check(day.history).kinds() == {"a process ended by itself", "never settled"}
