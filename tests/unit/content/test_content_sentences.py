"""Sentences by key, in the reader's language, with values put in literally."""

from __future__ import annotations

import pytest

from bot.content import Content, MissingValue, UnknownSentence, load_sources

SENTENCES = """
start:
  hello: {id: "Halo {alias}", en: "Hello {alias}"}
  two: {id: [Satu, "Dua {count}"], en: [One, "Two {count}"]}
  braces: {id: "{a}{b}", en: "{b}{a}"}
"""


@pytest.fixture(scope="module")
def content() -> Content:
    return load_sources({"flows/sentences/start.yaml": SENTENCES}, ("id", "en"))


def test_a_sentence_is_said_in_the_asked_language(content: Content) -> None:
    assert content.say("start.hello", "en", alias="Elang") == "Hello Elang"
    assert content.say("start.hello", "id", alias="Elang") == "Halo Elang"


def test_a_language_that_the_program_does_not_have_gets_the_first_one(content: Content) -> None:
    assert content.say("start.hello", "fr", alias="Elang") == "Halo Elang"


def test_a_list_makes_bubbles_and_one_text_of_them(content: Content) -> None:
    assert content.bubbles("start.two", "en", count=2) == ("One", "Two 2")
    assert content.say("start.two", "en", count=2) == "One\n\nTwo 2"


@pytest.mark.parametrize("value", ["{b}", "{a.__class__}", "{0}", "%s", "{", "}}", "{{a}}"])
def test_values_are_put_in_literally(content: Content, value: str) -> None:
    assert content.say("start.braces", "id", a=value, b="-") == f"{value}-"


def test_an_unknown_sentence_is_a_key_error(content: Content) -> None:
    with pytest.raises(UnknownSentence) as trouble:
        content.say("start.nowhere", "en")
    assert isinstance(trouble.value, KeyError)


def test_a_missing_value_is_a_key_error_that_names_sentence_and_value_only(content: Content) -> None:
    with pytest.raises(MissingValue, match=r"start\.two: count"):
        content.say("start.two", "en", other="secret")


def test_a_value_may_have_the_name_of_a_parameter() -> None:
    files = {"flows/sentences/s.yaml": "a:\n  b: {id: '{sentence}{in_language}', en: '{sentence}{in_language}'}\n"}
    assert load_sources(files, ("id", "en")).say("a.b", "en", sentence="x", in_language="y") == "xy"


def test_every_key_is_known(content: Content) -> None:
    assert content.keys == {"start.hello", "start.two", "start.braces"}
