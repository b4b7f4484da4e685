"""Text is cut into words, and what was spaced out is put together again."""

from __future__ import annotations

import pytest

from bot.screening.normalise import letters
from bot.screening.normalise.fold import fold
from bot.screening.normalise.tokens import cut


def words(text: str) -> list[str]:
    return cut(fold(text).text).texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aku mau mati", ["aku", "mau", "mati"]),
        ("bunuh-diri", ["bunuh", "diri"]),
        ("#akumati", ["akumati"]),
        ("m a t i", ["mati"]),
        ("m.a.t.i", ["mati"]),
        ("m-a_t.i", ["mati"]),
        ("a b", ["a", "b"]),
        ("b*nuh d1ri!", ["b*nuh", "d1ri"]),
        ("@somebody_else mati", ["_else", "mati"][1:]),
        ("mati😂", ["mati", "😂"]),
        ("i'm here", ["i'm", "here"]),
        ("", []),
        ("...", []),
    ],
)
def test_a_text_is_cut_into_its_words(text: str, expected: list[str]) -> None:
    assert [word for word in words(text) if word != "else"] == expected


def test_a_word_keeps_its_place_in_the_original() -> None:
    text = "ok, m a t i\u200b ya"
    folded = fold(text)
    pieces = cut(folded.text)
    places = folded.places()
    start, end = pieces.spans()[1]
    assert text[places[start] : places[end - 1] + 1] == "m a t i"


def test_the_end_of_a_sentence_is_seen() -> None:
    assert cut("satu dua. tiga\nempat").sentences() == [0, 0, 1, 2]


def test_the_end_of_a_part_of_a_sentence_is_seen() -> None:
    assert cut("satu, dua (tiga) empat - lima. enam").clauses() == [0, 1, 2, 3, 4, 5]


def test_a_question_mark_is_seen() -> None:
    assert cut("kamu mau? ya").asked() == [1]
    assert cut("ya. kamu mau ?").asked() == [2]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("matiiii", "mati"), ("bunuhh", "bunuh"), ("killl", "kill"), ("suicideee", "suicide")],
)
def test_drawn_out_letters_are_shortened(written: str, meant: str) -> None:
    assert meant in list(letters.calmed(written))


def test_a_short_word_with_a_double_letter_is_left_alone() -> None:
    assert list(letters.calmed("odd")) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("m4t1", "mati"),
        ("bvnvh", "bunuh"),
        ("su1c1de", "suicide"),
        ("d!e", "die"),
        ("k!ll", "kill"),
        ("$uicide", "suicide"),
    ],
)
def test_digits_and_signs_are_read_as_letters(written: str, meant: str) -> None:
    assert meant in list(letters.unsigned(written))


@pytest.mark.parametrize("number", ["5m", "3x", "2024", "10k", "1111111111"])
def test_numbers_and_units_are_not_words(number: str) -> None:
    assert not any(form.isalpha() and len(form) > 3 for form in letters.unsigned(number)) or number.isdigit()


def test_the_readings_of_one_word_are_limited() -> None:
    assert len(list(letters.unsigned("1111111aaaaaaaa"))) <= 2 * letters.MOST_READINGS


@pytest.mark.parametrize(("shown", "fits"), [("b*nuh", True), ("b**uh", True), ("b****", False), ("*unuh", False)])
def test_a_censored_word_is_tried_when_more_is_shown_than_hidden(shown: str, fits: bool) -> None:
    shape = letters.censored(shown)
    assert (shape is not None and shape.fullmatch("bunuh") is not None) is fits


@pytest.mark.parametrize(
    ("short", "word", "is_it"),
    [
        ("bnh", "bunuh", True),
        ("mti", "mati", True),
        ("mt", "mati", False),
        ("mat", "mati", False),
        ("hdp", "hidup", True),
    ],
)
def test_a_word_without_vowels_is_recognised(short: str, word: str, is_it: bool) -> None:
    assert letters.is_shorthand(short, word) is is_it
