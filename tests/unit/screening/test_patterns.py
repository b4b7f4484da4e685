"""The language in which phrases are written."""

from __future__ import annotations

import pytest

from bot.screening.pattern import GAP, BadPhraseError, alone, bound, closes, sequences


def test_a_part_in_brackets_may_be_missing() -> None:
    assert sequences("mau [aja] mati") == [("mau", "mati"), ("mau", "aja", "mati")]


def test_alternatives_stay_together_as_one_part() -> None:
    assert sequences("mau mati/koit") == [("mau", "mati/koit")]


def test_underscores_bind_the_words_of_an_alternative() -> None:
    assert bound("deg_degan") == ("deg", "degan")
    assert bound("{too_many}") == ("{too_many}",)


def test_gaps_at_the_ends_say_nothing_and_are_dropped() -> None:
    assert sequences("... mau ... mati ...") == [("mau", GAP, "mati")]


@pytest.mark.parametrize(
    "phrase", ["mau {mati", "mau mati}", "mau [mati", "[mau]", "...", "a/", "{Want} mati", "mau [[mati]]"]
)
def test_a_broken_phrase_is_refused_with_a_remedy(phrase: str) -> None:
    with pytest.raises(BadPhraseError) as error:
        sequences(phrase)
    assert error.value.remedy


def test_a_phrase_with_too_many_readings_is_refused() -> None:
    with pytest.raises(BadPhraseError, match="too many readings"):
        sequences(" ".join(["[a]"] * 9))


def test_a_full_stop_at_the_end_closes_the_phrase() -> None:
    assert closes("mau mati .")
    assert not closes("mau mati")
    assert sequences("mau mati .") == [("mau", "mati")]


def test_a_full_stop_at_the_beginning_makes_the_phrase_all_that_is_said() -> None:
    assert alone(". bunuh aku .")
    assert not alone("bunuh aku .")
    assert sequences(". bunuh aku .") == [("bunuh", "aku")]
