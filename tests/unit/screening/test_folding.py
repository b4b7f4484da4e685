"""Letters in every disguise become plain ones, and each knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.screening.normalise.fold import LETTERS, LONGEST, REMEMBERED, fold


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("MATI", "mati"),
        ("ｍａｔｉ", "mati"),
        ("𝓶𝓪𝓽𝓲", "mati"),
        ("mаtі", "mati"),  # Cyrillic a and i
        ("ｍáţì", "mati"),
        ("ma\u200bti", "mati"),
        ("ma\u00adti", "mati"),
        ("don’t", "don't"),
        ("don`t", "don't"),
        ("donʼt", "don't"),
        ("Ⓜⓐⓣⓘ", "mati"),
        ("🇲🇦🇹🇮", "mati"),
        ("ᴍᴀᴛɪ", "mati"),
        ("ﬁn", "fin"),
    ],
)
def test_a_disguised_letter_is_read_as_the_letter_it_passes_for(written: str, plain: str) -> None:
    assert fold(written).text == plain


def test_every_letter_knows_where_it_stood() -> None:
    folded = fold("a\u200bbﬁc")
    assert (folded.text, folded.places()) == ("abfic", [0, 2, 3, 3, 4])


def test_emoji_stay_as_they_are() -> None:
    assert fold("mati 😂").text == "mati 😂"


@given(st.text())
def test_places_point_into_the_text_and_never_go_back(written: str) -> None:
    folded = fold(written)
    places = list(folded.places())
    assert len(places) == len(folded.text)
    assert places == sorted(places)
    assert all(0 <= place < len(written) for place in places)


def test_a_grave_accent_is_an_apostrophe_beside_letters_of_any_kind() -> None:
    assert fold("don`t").text == "don't"
    assert fold("don`t 😂").text == "don't 😂"


@pytest.mark.parametrize("count", [REMEMBERED + 10])
def test_memory_of_characters_has_a_ceiling(count: int) -> None:
    fold("".join(map(chr, range(0x4E00, 0x4E00 + count))))
    assert len(LETTERS) <= REMEMBERED


def test_what_lies_beyond_the_longest_message_is_not_read() -> None:
    assert len(fold("a" * (LONGEST + 5)).text) == LONGEST
