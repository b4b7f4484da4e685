"""What could tell who somebody is makes the bot ask first; ordinary words do not."""

from __future__ import annotations

import pytest

from bot.casework.identity import gives_away


@pytest.mark.parametrize(
    "text",
    [
        "ig aku @rani.putri",
        "wa aja 0812-3456-7890",
        "nomorku +62 812 3456 7890",
        "081234567890",
        "cek https://contoh.id/aku",
        "www.contoh.com",
        "instagram.com/rani",
        "email aku rani@contoh.id",
        "namaku Rani",
        "panggil aja aku Dimas",
        "my name is Sam",
        "ＩＧ： ＠rani_putri",
    ],
)
def test_what_shows_somebody_is_asked_about(text: str) -> None:
    assert gives_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "nilai aku 80, temanku 95",
        "besok jam 08.30 ada ujian",
        "aku lahir 2007",
        "dia bilang namanya juga manusia",
        "harganya 150000",
        "aku capek.banget rasanya",
        "jam 7 @ kantin",
        "",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert not gives_away(text)


def test_ones_own_name_is_asked_about_and_short_names_are_not() -> None:
    assert gives_away("ini rani yang kemarin", own_name="Rani Putri")
    assert not gives_away("aku mau cerita", own_name="Mau")
