"""The cost of a text grows with its length and no faster, counted in steps and not in seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from word_lists import project_lists

from bot.screening import screen
from bot.screening.fitting import fitting
from bot.screening.lattice import Lattice
from bot.screening.near import Near
from bot.screening.normalise import letters
from bot.screening.normalise.fold import LONGEST, fold
from bot.screening.words import Words

LISTS = project_lists()
LONG = 10_000
HOSTILE = [
    "mati ",
    "aku pengen ",
    "bunuh diri ",
    "a ",
    "a",
    "aja banget sih ",
    "pengen aja banget ",
    "i want to ",
    "kill myself ",
    "not ",
    "1!*",
    "mati.",
    "m\u200ba\u0301t",
    "dengan kalau aku mati siapa yang ",
    "tidak ada yang peduli kalau aku ",
]


def steps(text: str) -> int:
    """How often phrases were taken on by one word, from everywhere in the text at once."""
    words = Words(fold(text).text, LISTS.lexicon)
    lattice = Lattice(words, LISTS)
    fitting(words.rules(), lattice)
    return lattice.steps


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_text_twice_as_long_costs_no_more_steps(unit: str) -> None:
    short = (unit * LONG)[: LONG // 8]
    longer = (unit * LONG)[: LONG // 4]
    assert steps(longer) <= 1.1 * steps(short) + 20


@pytest.mark.parametrize("unit", HOSTILE)
def test_steps_have_a_ceiling(unit: str) -> None:
    assert steps((unit * LONG)[:LONG]) <= 200


@pytest.mark.parametrize("unit", HOSTILE)
def test_ten_thousand_letters_get_a_verdict(unit: str) -> None:
    screen((unit * LONG)[:LONG], LISTS)


def test_what_lies_beyond_the_longest_message_costs_nothing() -> None:
    words = Words(fold("mati " * LONGEST).text, LISTS.lexicon)
    assert len(words.texts) <= LONGEST // len("mati ") + 1


def test_one_long_run_of_letters_is_not_looked_into() -> None:
    assert LISTS.lexicon.read("bunuhdiri" * 100).known is False


def test_readings_of_a_run_of_digits_are_few() -> None:
    assert len(list(letters.unsigned("a" * 20 + "1" * 20))) <= 2 * letters.MOST_READINGS


@pytest.mark.parametrize(
    "text", ["besok kita rapat jam 3 ya", "see you at lunch", "filmnya bagus banget", "ok makasih kak"]
)
def test_an_ordinary_message_ends_with_the_first_look(text: str) -> None:
    assert Words(fold(text).text, LISTS.lexicon).rules() == []


@pytest.mark.parametrize(
    "unit", ["bunuh diri ", "kill myself ", "mati lampu ", "kayak mau mati ", "i want to die tonight. "]
)
def test_a_match_is_compared_only_with_what_shares_a_word_with_it(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0
    over = Near.over

    def counted(near: Near[object], start: int, end: int) -> Iterator[tuple[int, int, object]]:
        nonlocal seen
        for item in over(near, start, end):
            seen += 1
            yield item

    monkeypatch.setattr(Near, "over", counted)
    screen((unit * LONG)[: LONG // 8], LISTS)
    short, seen = seen, 0
    screen((unit * LONG)[: LONG // 4], LISTS)
    assert seen <= 2.2 * short + 200
