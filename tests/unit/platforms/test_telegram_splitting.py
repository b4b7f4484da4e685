"""A long text arrives whole, in parts that Telegram takes, cut where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.telegram.characters import fitting, units, whole
from bot.platforms.telegram.splitting import MOST_IN_CAPTION, MOST_IN_TEXT, split, split_caption

WORDS = st.text(alphabet=st.sampled_from("ab .,!\n😀👩\u200d🇮🇩é\u0301"), max_size=400)


@settings(deadline=None, derandomize=True)
@given(WORDS, st.integers(min_value=8, max_value=60))
def test_parts_fit_and_only_spaces_may_be_left_out(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(units(part) <= limit for part in parts)
    if text.strip():
        assert "".join("".join(parts).split()) == "".join(text.split())
        assert all(part.strip() for part in parts)


def test_a_text_at_the_limit_is_one_part_and_one_more_is_two() -> None:
    assert len(split("a" * MOST_IN_TEXT)) == 1
    assert len(split("a" * (MOST_IN_TEXT + 1))) == 2
    assert len(split("😀" * (MOST_IN_TEXT // 2))) == 1
    assert len(split("😀" * (MOST_IN_TEXT // 2 + 1))) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("satu dua.\n\ntiga empat lima", ["satu dua.\n\n", "tiga empat lima"]),
        ("satu dua tiga\nempat lima enam", ["satu dua tiga\n", "empat lima enam"]),
        ("satu dua tiga. Empat lima", ["satu dua tiga. ", "Empat lima"]),
        ("satu dua tiga empat lima", ["satu dua tiga empat ", "lima"]),
        ("a\n\nbbbbbbbbbbbbbbbbbbbbbbbbb", ["a\n\nbbbbbbbbbbbbbbbbb", "bbbbbbbb"]),
    ],
)
def test_a_cut_is_where_a_reader_would_pause(text: str, parts: list[str]) -> None:
    assert split(text, 20) == parts


def test_a_cut_does_not_tear_what_is_one_character_to_a_reader() -> None:
    family = "👩\u200d👩\u200d👧"
    assert split("abcdefghijklm" + family, 16) == ["abcdefghijklm", family]
    assert split("abcdefghijklmno" + "e\u0301" + "xyz", 16) == ["abcdefghijklmno", "e\u0301xyz"]


def test_nothing_but_spaces_is_one_part_for_telegram_to_refuse() -> None:
    assert split(" " * 9, 4) == ["    "]
    assert split("") == [""]


def test_a_caption_holds_what_fits_and_the_rest_follows() -> None:
    text = "kata " * 300
    caption, rest = split_caption(text)
    assert caption + rest == text
    assert units(caption) <= MOST_IN_CAPTION
    assert split_caption("pendek") == ("pendek", "")


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(codec=None), max_size=50), st.integers(min_value=0, max_value=60))
def test_counting_agrees_with_utf_16(text: str, limit: int) -> None:
    text = whole(text)
    assert units(text) == len(text.encode("utf-16-le")) // 2
    assert units(text[: fitting(text, limit)]) <= limit
