"""A word marked with ~ stands for all its forms."""

from __future__ import annotations

import pytest

from bot.screening import inflect


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("sayat", {"sayat", "menyayat", "nyayat", "nyayatin", "sayatin", "ngesayat"}),
        ("bunuh", {"bunuh", "membunuh", "ngebunuh", "bunuhin", "kubunuh"}),
        ("pukul", {"memukul", "mukul", "mukulin", "pukulin", "memukuli"}),
        ("tabrak", {"menabrak", "nabrak", "nabrakin"}),
        ("iris", {"mengiris", "ngiris", "ngirisin"}),
        ("gantung", {"menggantung", "ngegantung", "gantungin"}),
    ],
)
def test_an_indonesian_verb_is_found_in_its_active_forms(word: str, forms: set[str]) -> None:
    assert forms <= inflect.indonesian(word)


def test_the_passive_is_another_matter_since_it_makes_a_victim() -> None:
    assert "dibunuh" not in inflect.indonesian("bunuh")
    assert {"dipukul", "dipukulin", "kepukul"} <= inflect.indonesian_passive("pukul")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("kill", {"kill", "kills", "killing", "killed"}),
        ("cut", {"cut", "cuts", "cutting"}),
        ("choke", {"choke", "chokes", "choking", "choked"}),
        ("punch", {"punches", "punching", "punched"}),
        ("die", {"dies", "died"}),
    ],
)
def test_an_english_verb_is_found_in_its_forms(word: str, forms: set[str]) -> None:
    assert forms <= inflect.english(word)


def test_skilled_is_no_form_of_kill() -> None:
    assert "skilled" not in inflect.english("kill")
