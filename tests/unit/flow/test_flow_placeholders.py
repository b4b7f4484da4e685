"""Placeholders are names in braces and nothing more."""

from __future__ import annotations

import pytest

from bot.flow.placeholders import fill, has_stray_brace, placeholders_in


def test_a_placeholder_is_filled_wherever_it_stands() -> None:
    assert fill("{a}, {b_2} and {a}", {"a": "x", "b_2": "y"}) == "x, y and x"


@pytest.mark.parametrize("text", ["{a.__class__}", "{a!r}", "{a:>9}", "{A}", "{}", "{0}", "{ a }", "{", "}"])
def test_what_only_looks_like_a_placeholder_stays_as_it_is_and_is_known(text: str) -> None:
    assert fill(text, {"a": "x"}) == text
    assert has_stray_brace(text)
    assert placeholders_in(text) == frozenset()


def test_values_are_not_filled_again() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "{a}"}) == "{b}{a}"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill("{a}", {})
