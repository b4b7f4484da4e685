"""How answers are read: buttons, words that mean a button, and what cannot be read."""

from __future__ import annotations

import pytest
from flow_stage import Play, flows_of, text

from bot.flow import Ended, Raise, Unread
from bot.flow.questions.spoken import meant
from bot.model.level import Level

END = "  - say: {id: Ok, en: Fine}\n"


def question(rest: str, extra: str = END) -> Play:
    lines = "".join(f"    {line}\n" for line in rest.strip().splitlines())
    return Play(flows_of(main=f"steps:\n  - id: it\n    ask: {{id: Apa, en: What}}\n    save: it\n{lines}{extra}"))


def value_after(play: Play) -> object:
    ended = play.turn.effects[-1]
    assert isinstance(ended, Ended)
    return ended.values["it"]


SAFETY = {
    "no": text("Tidak", "No"),
    "before": text("Pernah terlintas", "It has crossed my mind"),
    "lately": text("Ya, akhir-akhir ini", "Yes, lately"),
    "now": text("Ya, sekarang", "Yes, now"),
    "skip": text("Nggak mau jawab", "I'd rather not say"),
}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Tidak", "no"),
        ("tidak.", "no"),
        ("TIDAK!!", "no"),
        ("no", "no"),
        ("1", "no"),
        ("4", "now"),
        ("ya sekarang", "now"),
        ("ya, sekarng", "now"),
        ("Yes now", "now"),
        ("id rather not say", "skip"),
        ("I’d rather not say", "skip"),
        ("nggak mau jawab", "skip"),
        ("pernah  terlintas", "before"),
        ("ya akhir akhir ini", "lately"),
    ],
)
def test_words_that_mean_a_button_count_as_it(said: str, answer: str) -> None:
    assert meant(said, SAFETY) == answer


@pytest.mark.parametrize(
    "said",
    [
        "ya",
        "yes",
        "iya",
        "tidak tahu",
        "nggak",
        "mau",
        "6",
        "0",
        "sekarang?",
        "",
        "   ",
        "🙂",
        "?",
        "no idea",
        "now now",
    ],
)
def test_words_that_could_mean_another_button_are_not_guessed_at(said: str) -> None:
    assert meant(said, SAFETY) is None


def test_an_emoji_alone_means_the_button_that_wears_it() -> None:
    labels = {"study": text("📚 Kuliah", "📚 Study"), "info": text("ℹ️ Info", "ℹ️ Info")}
    assert [meant(said, labels) for said in ("📚", "ℹ", "ℹ️", "kuliah", "📚 study")] == [
        "study",
        "info",
        "info",
        "study",
        "study",
    ]


def test_skin_and_presentation_of_an_emoji_make_no_difference() -> None:
    labels = {"good": text("👍", "👍"), "bad": text("👎", "👎")}
    assert meant("👍🏾", labels) == "good"


def test_two_buttons_that_fit_are_not_chosen_between() -> None:
    assert meant("ya", {"one": text("Ya", "Y"), "two": text("ya!", "Z")}) is None


def test_a_slip_that_is_near_to_two_buttons_is_not_guessed_at() -> None:
    labels = {"a": text("Kelompok Satu A", "Group One A"), "b": text("Kelompok Satu B", "Group One B")}
    assert meant("kelompok satu c", labels) is None
    assert meant("kelompok satu a", labels) == "a"


def test_a_slip_in_a_short_word_is_not_guessed_at() -> None:
    assert meant("noww", {"now": text("now", "now"), "no": text("no", "no")}) is None


def test_a_scale_takes_its_numbers_and_its_faces() -> None:
    for said in ("4", "🙂", " +4 "):
        play = question("scale: {from: 1, to: 5, labels: [😞, 🙁, 😐, 🙂, 😄]}")
        play.type(said)
        assert value_after(play) == 4


@pytest.mark.parametrize("said", ["0", "6", "4.5", "empat", "44", "１２"])
def test_a_scale_refuses_what_is_not_on_it(said: str) -> None:
    play = question("scale: {from: 1, to: 5}")
    play.type(said)
    assert play.ask.hint


def test_a_full_width_digit_is_the_digit() -> None:
    play = question("scale: {from: 1, to: 5}")
    play.type("４")
    assert value_after(play) == 4


def test_eleven_numbers_stand_in_two_rows() -> None:
    assert question("scale: {from: 0, to: 10}").ask.columns == 6


def test_yes_and_no_are_taken_from_the_list() -> None:
    play = question("yes-no:")
    assert [option.label.in_("id") for option in play.ask.options] == ["Ya", "Tidak"]
    play.press("no")
    assert value_after(play) == "no"


def test_a_written_answer_is_kept_as_it_was_written() -> None:
    play = question("text:")
    assert play.ask.may_type
    play.type("  Aku {it} capek\nbanget  ")
    assert value_after(play) == "Aku {it} capek\nbanget"


@pytest.mark.parametrize("said", ["", "  \n ", "x" * 51])
def test_a_text_that_is_empty_or_too_long_is_asked_for_again(said: str) -> None:
    play = question("text: {longest: 50}")
    play.type(said)
    assert play.ask.hint


@pytest.mark.parametrize(("said", "number"), [("7", 7), ("-2", -2), ("2,5", 2.5), ("2.50", 2.5), ("10.0", 10)])
def test_a_number_is_read_with_comma_or_point(said: str, number: float) -> None:
    play = question("number: {from: -5, to: 10}")
    play.type(said)
    assert value_after(play) == number


@pytest.mark.parametrize("said", ["eleven", "11", "-6", "1e9", "nan", "1_0", "٣", "9" * 400])
def test_what_is_no_number_in_its_range_is_asked_for_again(said: str) -> None:
    play = question("number: {from: -5, to: 10}")
    play.type(said)
    assert play.ask.hint


@pytest.mark.parametrize("said", ["21-11-2026", "2026-11-21", "21/11/2026", "21.11.2026", "2026/11/21"])
def test_a_date_is_read_in_the_usual_ways(said: str) -> None:
    play = question("date:")
    play.type(said)
    assert value_after(play) == "2026-11-21"


@pytest.mark.parametrize("said", ["31-02-2026", "tomorrow", "11-21-2026", "2026-13-01", "1-1-26"])
def test_what_is_no_date_is_asked_for_again(said: str) -> None:
    play = question("date:")
    play.type(said)
    assert play.ask.hint


def test_several_answers_are_ticked_until_done() -> None:
    play = question("many: topics\ndone: {id: Selesai, en: Done}")
    play.press("info")
    assert play.ask.update
    assert [option.value for option in play.ask.options if option.ticked] == ["info"]
    play.type("kuliah")
    play.type("selesai")
    assert value_after(play) == ("study", "info")


def test_a_second_press_takes_the_tick_away() -> None:
    play = question("many: topics\ndone: {id: Selesai, en: Done}")
    for answer in ("info", "study", "info", "done"):
        play.press(answer)
    assert value_after(play) == ("study",)


def test_done_without_a_tick_is_an_answer_too() -> None:
    play = question("many: topics\ndone: {id: Selesai, en: Done}")
    play.press("done")
    assert value_after(play) == ()


def test_a_button_that_the_question_does_not_have_is_not_an_answer() -> None:
    for form in ("yes-no:", "scale: {from: 1, to: 3}", "many: topics\ndone: {id: Selesai, en: Done}", "text:"):
        play = question(form)
        play.press("maybe")
        assert play.ask.hint


def test_an_unreadable_answer_gets_the_hint() -> None:
    play = question("yes-no:\nhint: {id: Pilih, en: Choose one}")
    play.type("hmm")
    assert (play.ask.hint, play.ask.text.in_("en")) == (True, "Choose one")


def test_without_a_hint_the_question_is_asked_again() -> None:
    play = question("yes-no:")
    play.type("hmm")
    assert (play.ask.hint, play.ask.text.in_("en")) == (True, "What")


def test_three_unreadable_answers_skip_a_question_that_may_be_skipped() -> None:
    play = question("yes-no:\nskip: {id: Lewati, en: Skip}")
    for _ in range(2):
        play.type("hmm")
        assert play.turn.session is not None
    play.type("hmm")
    assert value_after(play) is None


def test_three_unreadable_answers_stay_with_a_question_that_may_not_be_skipped() -> None:
    play = question("yes-no:")
    for _ in range(9):
        play.type("hmm")
    assert play.ask.hint


@pytest.mark.parametrize("said", ["skip", "Lewati", "lewati."])
def test_a_question_may_be_skipped_in_words(said: str) -> None:
    play = question("text:\nskip: {id: Lewati, en: Skip}")
    play.type(said)
    assert value_after(play) is None


def test_a_question_may_be_skipped_by_its_button() -> None:
    play = question("scale: {from: 1, to: 5}\nskip: {id: Lewati, en: Skip}")
    assert play.ask.options[-1].value == "skip"
    play.press("skip")
    assert value_after(play) is None


@pytest.mark.parametrize("said", ["1", "1.", "#1", "１", "(1)"])
def test_a_number_is_never_taken_for_the_skip_button(said: str) -> None:
    play = question("text:\nskip: {id: Lewati, en: Skip}")
    play.type(said)
    assert value_after(play) == said


LEVELS = """
choice:
  no: {id: Tidak, en: "No"}
  now: {id: "Ya, sekarang", en: "Yes, now"}
  skip: {id: Nggak mau jawab, en: I'd rather not say}
level: {now: emergency, skip: yellow}
"""


@pytest.mark.parametrize(("answer", "raised"), [("now", [Raise(Level.EMERGENCY, "main/it=now")]), ("no", [])])
def test_an_answer_with_a_level_raises_it(answer: str, raised: list[Raise]) -> None:
    play = question(LEVELS)
    play.press(answer)
    assert [effect for effect in play.turn.effects if isinstance(effect, Raise)] == raised


def test_three_unreadable_answers_count_as_rather_not_say_and_raise() -> None:
    play = question(LEVELS)
    for _ in range(3):
        play.type("susah dijelasin")
    assert play.turn.effects[:2] == (Unread(), Raise(Level.YELLOW, "main/it=skip"))
    assert value_after(play) == "skip"


def test_the_skip_button_can_carry_a_level() -> None:
    play = question("yes-no:\nskip: {id: Lewati, en: Skip}\nlevel: {skip: blue}")
    play.press("skip")
    assert play.turn.effects[0] == Raise(Level.BLUE, "main/it=skip")


def test_of_several_answers_the_highest_level_is_raised() -> None:
    play = question("many: topics\ndone: {id: Selesai, en: Done}\nlevel: {study: yellow, info: red}")
    play.press("study")
    play.press("info")
    play.press("done")
    assert play.turn.effects[0] == Raise(Level.RED, "main/it=info")


def test_what_somebody_wrote_is_never_in_the_reason_of_a_level() -> None:
    play = question(LEVELS)
    play.type("ya, sekarng")
    assert play.turn.effects[0] == Raise(Level.EMERGENCY, "main/it=now")


def test_a_saved_answer_is_shown_by_its_label_in_each_language() -> None:
    play = question("choice: topics", '  - say: {id: "Soal {it}", en: "About {it}"}\n')
    play.press("study")
    assert play.said == ["About 📚 Study"]


def test_an_unanswered_name_leaves_its_place_empty() -> None:
    play = question("text:\nskip: {id: Lewati, en: Skip}", '  - say: {id: "Kata: {it}.", en: "Words: {it}."}\n')
    play.press("skip")
    assert play.said == ["Words: ."]


def test_what_a_person_wrote_is_put_into_texts_literally() -> None:
    play = question("text:", '  - say: {id: "Kata: {it}", en: "Words: {it}"}\n')
    play.type("{it} {0.__class__} %s ${x}")
    assert play.said == ["Words: {it} {0.__class__} %s ${x}"]
