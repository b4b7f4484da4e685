"""Which word of the lists a written word stands for."""

from __future__ import annotations

import pytest
from small_list import SMALL
from word_lists import lists_of

from bot.screening.lexicon import REMEMBERED

LEXICON = lists_of(SMALL).lexicon


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("mati", ("mati",)),
        ("gw", ("aku",)),
        ("wanna", ("want", "to")),
        ("don't", ("do", "not")),
        ("matinya", ("mati", "nya")),
        ("m4t1", ("mati",)),
        ("matiiiii", ("mati",)),
        ("b*nuh", ("bunuh",)),
        ("bnh", ("bunuh",)),
        ("bnhhh", ("bunuh",)),
        ("mati2nya", ("mati", "nya")),
        ("bunuhdiri", ("bunuh", "diri")),
        ("sucide", ("suicide",)),
        ("suicied", ("suicide",)),
        ("killing", ("killing",)),
        ("myslef", ("myself",)),
    ],
)
def test_a_written_word_is_read_as_the_word_it_stands_for(written: str, words: tuple[str, ...]) -> None:
    reading = LEXICON.read(written)
    assert reading.known
    assert reading.words == words


@pytest.mark.parametrize(
    "written", ["skilled", "butuh", "hati", "mata", "matematika", "kematian", "2024", "xyz", "a" * 500]
)
def test_an_ordinary_word_is_not_read_as_a_dangerous_one(written: str) -> None:
    reading = LEXICON.read(written)
    assert (reading.touches, reading.rules, reading.idioms) == (0, (), ())


def test_a_watched_word_written_in_two_is_put_together() -> None:
    joined = LEXICON.joined("bunuh", words=False)
    assert joined is not None
    assert joined.words == ("bunuh",)


def test_two_ordinary_words_are_not_put_together() -> None:
    assert LEXICON.joined("adaapa", words=True) is None


def test_memory_of_read_words_has_a_ceiling() -> None:
    lexicon = lists_of(SMALL).lexicon
    for number in range(REMEMBERED + 10):
        lexicon.read(f"w{number}")
    assert len(lexicon._memory) <= REMEMBERED
