"""What is kept for the word lists shows nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.identity import gives_away
from bot.casework.masking import LONGEST, MASK, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ig aku @rani.putri dong", "ig aku «…» dong"),
        ("wa 0812-3456-7890 ya", "wa «…» ya"),
        ("NIM 2110512034 fakultas hukum", "NIM «…» fakultas hukum"),
        ("cek https://contoh.id/aku?x=1 deh", "cek «…» deh"),
        ("email rani@contoh.id", "email «…»"),
        ("namaku Rani, aku pengen mati", "namaku «…», aku pengen mati"),
        ("hi, my name is Sam", "hi, my name is «…»"),
        ("lahir 12/03/2008", "lahir «…»"),
    ],
)
def test_what_shows_somebody_is_masked_and_the_rest_stays(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize("text", ["aku umur 17, jam 8.30 ada ujian", "b4nuh d1r1", "nilai 80 dari 100", "5kms lagi"])
def test_small_numbers_and_leet_stay_because_rules_need_them(text: str) -> None:
    assert masked(text) == text


def test_the_writers_own_name_is_masked_wherever_it_stands() -> None:
    assert (
        masked("ini RANI, bilang ke mama rani capek", own_name="Rani Putri")
        == f"ini {MASK}, bilang ke mama {MASK} capek"
    )


def test_a_name_too_short_to_be_told_from_a_word_stays() -> None:
    assert masked("aku mau mati", own_name="Mau") == "aku mau mati"


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_and_never_fails(text: str) -> None:
    once = masked(text, "Rani")
    assert masked(once, "Rani") == once
    assert len(once) <= LONGEST + 300


@given(st.sampled_from(["@rani_putri", "0812 3456 7890", "www.contoh.com", "rani@contoh.id"]), st.text(max_size=40))
def test_after_masking_nobody_has_to_be_asked(secret: str, around: str) -> None:
    assert not gives_away(masked(f"{secret} pengen mati")), around
