"""What raises or lowers a match, one rule at a time, on a list that is small enough to see through."""

from __future__ import annotations

import pytest
from small_list import SMALL
from word_lists import lists_of

from bot.model.level import Flag, Level
from bot.model.verdict import Verdict
from bot.screening import screen, screen_burst

LISTS = lists_of(SMALL)


def judged(text: str, speaker: str = "student") -> Verdict:
    return screen(text, LISTS, speaker=speaker)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("aku mau mati", Level.RED),
        ("i want to die", Level.RED),
        ("aku wanna mati", Level.RED),
        ("mau akhiri hidup", Level.RED),
        ("gue pengen banget aja mati", Level.RED),
        ("ga mau hidup", Level.RED),
        ("lelah", Level.BLUE),
        ("hampa", Level.YELLOW),
        ("halo apa kabar", Level.GREEN),
        ("", Level.GREEN),
    ],
)
def test_a_phrase_gives_its_level(text: str, level: Level) -> None:
    assert judged(text).level is level


def test_a_denied_wish_is_lowered() -> None:
    verdict = judged("aku ga mau mati")
    assert verdict.level is Level.BLUE
    assert "denied" in verdict.matches[0].why


def test_a_denied_wish_within_distress_stays_yellow_and_asks() -> None:
    verdict = judged("aku ga mau mati. aku lelah")
    assert (verdict.level, verdict.ask) == (Level.YELLOW, True)


def test_what_lies_within_denied_words_is_denied_too() -> None:
    assert judged("i do not want to kill myself").level is Level.BLUE


def test_who_is_asked_of_the_whole_phrase_that_holds_one_with_a_gap() -> None:
    lists = lists_of(
        """
persons: {other: [dad]}
categories:
  A:
    phrases:
      red: ["fine dad if koit", "if ... koit"]
"""
    )
    assert screen("fine dad if koit", lists).categories == ("A",)
    assert screen("dad if koit", lists).categories == ("A", "O")


def test_two_negations_are_none() -> None:
    assert judged("i do not not want to die").level is Level.RED


@pytest.mark.parametrize("text", ["mau mati lampu nih", "i could die of laughter", "my phone is going to die"])
def test_an_idiom_takes_away_what_shares_a_word_with_it(text: str) -> None:
    assert judged(text).level is Level.GREEN


def test_somebody_elses_wish_is_red_and_flagged_as_theirs() -> None:
    verdict = judged("my friend is going to kill myself")
    verdict = judged("temanku mau bunuh diri")
    assert (verdict.level, verdict.subject) == (Level.RED, "other")
    assert Flag.THIRD_PARTY in verdict.flags
    assert "O" in verdict.categories


def test_the_nearest_person_is_the_subject() -> None:
    assert judged("temanku jahat jadi aku mau mati").subject == "self"


def test_a_person_who_is_cut_off_from_the_wish_is_not_its_subject() -> None:
    assert judged("she makes want to die").subject == "none"


def test_people_in_general_are_no_danger() -> None:
    assert judged("people want to die").level is Level.BLUE


def test_what_is_said_to_somebody_else_is_lowered() -> None:
    assert judged("kamu mau mati").level is Level.BLUE


def test_nobody_named_counts_as_the_writer() -> None:
    verdict = judged("mau mati")
    assert (verdict.level, verdict.subject) == (Level.RED, "none")


def test_a_category_about_anyone_does_not_care_who_is_named() -> None:
    verdict = judged("she hits me")
    assert verdict.level is Level.RED
    assert verdict.flags == (Flag.ABUSE,)


def test_what_is_long_past_becomes_a_question() -> None:
    verdict = judged("dulu aku mau mati")
    assert (verdict.level, verdict.ask) == (Level.YELLOW, True)


def test_what_still_goes_on_is_not_past() -> None:
    assert judged("dulu aku mau mati dan masih").level is Level.RED


def test_a_past_that_stands_right_before_is_not_undone_by_now() -> None:
    assert judged("i used to want to die but now i swim").level is Level.YELLOW


def test_never_before_is_not_past() -> None:
    assert judged("aku tidak dulu senang mau mati").level is Level.RED


def test_tonight_makes_it_an_emergency() -> None:
    assert judged("i want to die tonight").level is Level.EMERGENCY


def test_a_frame_lowers_what_is_not_said_of_the_writer() -> None:
    assert judged("berita bunuh diri").level is Level.BLUE
    assert judged("ada berita. aku mau bunuh diri").level is Level.RED


def test_a_frame_does_not_lower_what_is_done_to_the_writer() -> None:
    assert judged("my friend locks me in dan ada berita").level is Level.RED


def test_a_joke_lowers_to_a_question_even_for_the_writer() -> None:
    verdict = judged("i want to die lol")
    assert (verdict.level, verdict.ask) == (Level.YELLOW, True)
    assert judged("i want to die. lol").level is Level.RED


def test_a_frame_that_needs_company_lowers_only_beside_it() -> None:
    assert judged("i want to die, so much homework").level is Level.RED
    assert judged("i want to die, omg so much homework").level is Level.YELLOW


def test_a_joke_reaches_farther_than_other_frames() -> None:
    far = "one two three four five six seven eight nine"
    assert judged(f"i want to die {far} lol").level is Level.YELLOW
    assert judged(f"mau mati {far} game").level is Level.RED


def test_a_frame_beside_what_is_done_to_the_writer_says_nothing_of_it() -> None:
    assert judged("adikku main game, she hits me").level is Level.RED
    assert judged("she hits me game").level is Level.BLUE


def test_a_frame_of_two_languages_spares_what_either_spares() -> None:
    other = "frames: {food: {lowers to: yellow, writer too: yes, spares: [A], words: [boba]}}"
    both = lists_of(SMALL, other)
    assert screen("mau mati seblak", LISTS).level is Level.YELLOW
    assert screen("mau mati seblak", both).level is Level.RED


def test_a_trifle_of_the_sentence_before_lowers_to_a_question() -> None:
    verdict = judged("my fly was open. i want to die")
    assert (verdict.level, verdict.ask) == (Level.YELLOW, True)


def test_a_sign_of_a_frame_is_said_in_one_breath() -> None:
    assert judged("if my wifi i want to die").level is Level.YELLOW
    assert judged("if i want to die, my wifi").level is Level.RED


def test_a_replacing_phrase_stands_in_for_what_lies_within() -> None:
    assert judged("kayak mau mati").level is Level.YELLOW


def test_two_ambiguous_signs_are_as_clear_as_one_plain_one() -> None:
    assert judged("aku beban").level is Level.YELLOW
    assert judged("aku beban. pengen menghilang").level is Level.RED


def test_ambiguous_asks_and_plain_does_not() -> None:
    assert judged("pengen menghilang").ask is True
    assert judged("aku mau mati").ask is False
    assert judged("hampa").ask is False


def test_a_gap_does_not_reach_over_a_negation() -> None:
    assert judged("take all my pills every day until tonight").level is Level.EMERGENCY
    assert judged("take my pills not tonight").level is Level.GREEN


@pytest.mark.parametrize(
    "question", ["kamu mau bunuh diri?", "mau bunuh diri?", "do you want to die?", "kepikiran bunuh diri"]
)
def test_a_supporter_who_asks_is_not_in_danger(question: str) -> None:
    assert judged(question, "supporter").level <= Level.BLUE


def test_a_supporter_in_danger_is_seen() -> None:
    assert judged("aku sendiri mau bunuh diri", "supporter").level is Level.RED


def test_a_burst_is_one_message() -> None:
    assert [judged(text).level for text in ("aku", "pengen", "mati")] == [Level.GREEN] * 3
    assert screen_burst(["aku", "pengen", "mati"], LISTS).level is Level.RED


def test_a_burst_is_also_judged_message_by_message() -> None:
    verdict = screen_burst(["aku mau mati", "lol"], LISTS)
    assert verdict.level is Level.RED


def test_places_in_a_burst_count_in_the_joined_text() -> None:
    texts = ["halo", "aku mau mati"]
    (match,) = screen_burst(texts, LISTS).matches
    assert "\n".join(texts)[match.start : match.end] == match.words == "mau mati"


def test_an_empty_burst_is_calm() -> None:
    assert screen_burst([], LISTS).level is Level.GREEN


def test_a_phrase_does_not_reach_over_the_end_of_a_long_sentence() -> None:
    assert judged("kemarin siang dia bilang mau. mati rasa itu lama sekali sembuhnya").level is Level.GREEN


def test_the_matching_words_are_those_of_the_original_text() -> None:
    text = "Sumpah, GW pengen  m 4 t 1 aja..."
    (match,) = judged(text).matches
    assert match.words == "pengen  m 4 t 1"
    assert text[match.start : match.end] == match.words


def test_a_verdict_names_the_version_of_the_lists() -> None:
    assert judged("aku mau mati").lists == judged("halo").lists == LISTS.version


def test_another_list_has_another_version() -> None:
    assert lists_of(SMALL.replace("lelah", "letih")).version != LISTS.version


def test_a_closing_phrase_lets_only_small_words_follow() -> None:
    assert judged("aku sudah tidak kuat aja").level is Level.RED
    assert judged("sudah tidak kuat, sungguh").level is Level.RED
    assert judged("sudah tidak kuat makan pedas").level is Level.GREEN


def test_an_own_gap_passes_nobody_else() -> None:
    assert judged("mau besok pagi koit").level is Level.RED
    assert judged("mau tahu kapan temanku koit").level is Level.GREEN


def test_a_comma_cuts_a_person_and_a_denial_off() -> None:
    assert judged("you see, want to die").subject == "none"
    assert judged("tidak, aku mau mati").level is Level.RED
