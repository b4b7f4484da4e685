"""Whoever disguises a cry for help is still heard, and whatever is written breaks nothing."""

from __future__ import annotations

import disguises
import pytest
from disguises import Disguise
from hypothesis import given, settings
from hypothesis import strategies as st
from word_lists import project_lists

from bot.model.level import Level
from bot.screening import screen, screen_burst

LISTS = project_lists()
POSITIVE = [
    example.text
    for source in LISTS.sources
    for category in source.categories
    for example in category.examples
    if example.level >= Level.RED
]
CALM = [
    example.text
    for source in LISTS.sources
    for category in source.categories
    for example in category.examples
    if example.level <= Level.BLUE
]
WATCHED = frozenset(word for word in LISTS.lexicon.watched if len(word) >= len("mati"))
SIGNS = st.sampled_from(list("aeiou1340*!.@$ \n'\u200b\u0301\u0430💀bndhtkm"))


@pytest.mark.parametrize("disguise", disguises.WHOLE, ids=lambda disguise: disguise.__name__)
def test_no_disguise_of_the_whole_text_hides_an_example(disguise: Disguise) -> None:
    hidden = [text for text in POSITIVE if screen(disguise(text), LISTS).level < Level.RED]
    assert hidden == []


@pytest.mark.parametrize("disguise", disguises.SINGLE, ids=lambda disguise: disguise.__name__)
def test_no_disguise_of_the_telling_words_hides_an_example(disguise: Disguise) -> None:
    disguised = {disguises.in_words(text, WATCHED, disguise) for text in POSITIVE} - set(POSITIVE)
    assert len(disguised) >= 50
    assert [text for text in disguised if screen(text, LISTS).level < Level.RED] == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(POSITIVE), st.sampled_from(disguises.WHOLE), st.sampled_from(disguises.SINGLE))
def test_two_disguises_at_once_hide_no_example(text: str, whole: Disguise, single: Disguise) -> None:
    if whole in {disguises.zero_width, disguises.full_width, disguises.bold, disguises.drawn_out}:
        return  # these leave no word for the other to work on
    assert screen(whole(disguises.in_words(text, WATCHED, single)), LISTS).level >= Level.RED


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300), st.text(SIGNS, max_size=300), st.lists(st.sampled_from(POSITIVE + CALM)).map(" ".join)
    )
)
def test_whatever_is_written_gets_a_verdict_whose_places_are_right(text: str) -> None:
    verdict = screen(text, LISTS)
    for match in verdict.matches:
        assert text[match.start : match.end] == match.words
        assert match.words


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(POSITIVE), st.text(max_size=60)), max_size=5))
def test_a_burst_is_never_judged_lower_than_its_messages(texts: list[str]) -> None:
    verdict = screen_burst(texts, LISTS)
    assert all(screen(text, LISTS).level <= verdict.level for text in texts)
    joined = "\n".join(texts)
    assert all(joined[match.start : match.end] == match.words for match in verdict.matches)
