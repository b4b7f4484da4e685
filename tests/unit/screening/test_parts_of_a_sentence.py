"""What lowers danger lowers only the part of a sentence that it belongs to."""

from __future__ import annotations

import pytest
from small_list import SMALL
from word_lists import lists_of

from bot.model.level import Level
from bot.screening import screen

LISTS = lists_of(SMALL)


def level(text: str) -> Level:
    return screen(text, LISTS).level


@pytest.mark.parametrize(
    "text",
    ["dulu, aku mau mati", "mau aku koit dulu", "aku mau mati, dulu", "dulu aku mau mati", "aku dulu pernah mau mati"],
)
def test_a_sign_of_the_past_tells_of_what_it_introduces(text: str) -> None:
    assert level(text) is Level.YELLOW


@pytest.mark.parametrize(
    "text",
    [
        "dulu kami pindah sekolah, aku mau mati",
        "dulu kami pindah sekolah terus aku mau mati",
        "dulu aku pindah sekolah aku mau mati",
        "aku mau mati, dulu kami pindah sekolah",
        "mau mati dulu aku pindah",
        "mau mati, dulu lho aku pindah",
    ],
)
def test_a_sign_of_the_past_tells_nothing_of_another_part(text: str) -> None:
    assert level(text) is Level.RED


@pytest.mark.parametrize("text", ["main game mau mati", "mau mati main game"])
def test_a_frame_lowers_its_own_part(text: str) -> None:
    assert level(text) is Level.BLUE


@pytest.mark.parametrize("text", ["main game, mau mati", "main game terus mau mati", "mau mati, main game"])
def test_a_frame_does_not_lower_another_part(text: str) -> None:
    assert level(text) is Level.RED


def test_a_laugh_lowers_the_whole_sentence() -> None:
    assert level("i want to die, lol") is Level.YELLOW


def test_a_frame_lowers_nothing_where_a_word_speaks_against_it() -> None:
    assert level("main game mau mati serius") is Level.RED


def test_who_is_named_before_a_join_is_not_who_wants() -> None:
    assert screen("temanku pulang terus mau mati", LISTS).subject == "none"
    assert screen("temanku pulang mau mati", LISTS).subject == "other"


@pytest.mark.parametrize("text", ["tidak aku mau mati", "tidak terus mau mati"])
def test_a_negation_before_a_new_beginning_denies_nothing(text: str) -> None:
    assert level(text) is Level.RED


def test_an_idiom_ends_with_its_clause() -> None:
    assert level("mau mati, lampu nyala") is Level.RED
    assert level("mau mati aku") is Level.GREEN


def test_an_idiom_does_not_take_the_one_of_whom_the_next_sentence_tells() -> None:
    assert level("aku mau mati aku lelah") is Level.RED


def test_an_old_sign_adds_up_with_a_present_one_and_not_with_another_old_one() -> None:
    assert level("dulu aku mau mati. pengen menghilang") is Level.RED
    assert level("dulu aku mau mati. dulu aku ingin suicide") is Level.YELLOW


def test_a_word_written_in_two_is_shown_whole() -> None:
    (match,) = screen("aku mau bu nuh diri", LISTS).matches
    assert match.words == "mau bu nuh diri"


def test_a_phrase_goes_on_behind_a_clipped_sentence_and_not_behind_a_longer_one() -> None:
    assert level("mau. mati") is Level.RED
    assert level("aku tetap mau saja. mati") is Level.GREEN


def test_a_phrase_between_full_stops_is_all_that_the_message_says() -> None:
    assert level("tolong bunuh aku aja") is Level.RED
    assert level("tolong bunuh aku, printer rusak") is Level.YELLOW


def test_a_weak_sign_adds_up_whomever_it_tells_of() -> None:
    assert level("bunuh aku, diputusin") is Level.RED
    assert level("temanku diputusin. bunuh aku") is Level.RED


def test_a_weak_sign_of_the_past_adds_nothing_up() -> None:
    assert level("dulu aku diputusin. bunuh aku") is Level.YELLOW


def test_a_weak_sign_far_away_adds_nothing_up() -> None:
    assert level("bunuh aku. " + "kami makan " * 13 + "diputusin") is Level.YELLOW


def test_a_negation_does_not_reach_a_match_that_begins_with_the_writer() -> None:
    assert level("boleh cerita tidak aku beban, pengen menghilang") is Level.RED
