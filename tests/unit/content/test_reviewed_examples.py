"""What a person accepted is a word list like the others, and comes back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reader import node_of
from bot.content.reviewed import REVIEWED, MoreThanExamples, ReviewedExample, render_reviewed, reviewed_examples
from bot.model.level import Level
from bot.screening import compile_lists

LEVELS = ("calm", "yellow", "red", "emergency")


def read_back(text: str) -> tuple[ReviewedExample, ...]:
    lists, faults = compile_lists({REVIEWED: node_of(text, "flows/screening/reviewed.yaml")})
    assert faults == ()
    return reviewed_examples(lists)


@given(
    st.lists(
        st.builds(
            ReviewedExample,
            st.sampled_from(["A", "N"]),
            st.sampled_from(LEVELS),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)
            .map(str.strip)
            .filter(bool),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_texts_come_back_from_the_file_as_they_were_accepted(examples: list[ReviewedExample]) -> None:
    assert set(read_back(render_reviewed(examples))) == set(examples)


@pytest.mark.parametrize("text", ["aku\npengen\nmati", "no", "123", "- a: b # c", '"kata dia"', "yes\\n", "😭 capek"])
def test_words_that_yaml_would_read_as_something_else_stay_text(text: str) -> None:
    example = ReviewedExample("A", "red", text)
    assert read_back(render_reviewed([example])) == (example,)


def test_the_same_example_is_written_once() -> None:
    example = ReviewedExample("A", "calm", "mati gaya")
    assert render_reviewed([example, example]).count("mati gaya") == 1


def test_a_calm_example_wants_blue_which_green_fits_too() -> None:
    assert ReviewedExample("A", "calm", "x").wanted is Level.BLUE
    assert ReviewedExample("A", "emergency", "x").wanted is Level.EMERGENCY


def test_phrases_that_somebody_wrote_into_the_file_are_not_lost() -> None:
    text = "categories:\n  A: {phrases: {red: [mau mati]}, examples: {red: [mau mati]}}\n"
    with pytest.raises(MoreThanExamples):
        read_back(text)
