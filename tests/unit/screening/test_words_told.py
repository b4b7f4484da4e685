"""Which words a counselor is told: the student's own, each once, in order."""

from __future__ import annotations

from bot.model.level import Level
from bot.model.verdict import Match, Verdict

TEXT = "aku udah ga kuat, pengen mati aja, ga kuat"


def told(*pieces: tuple[int, int]) -> tuple[str, ...]:
    matches = (Match(start, end, TEXT[start:end], "A/x", "A", Level.RED, "why") for start, end in pieces)
    return Verdict(matches=tuple(matches)).words


def test_what_overlaps_is_told_as_one_piece() -> None:
    assert told((9, 29), (4, 16), (0, 16)) == ("aku udah ga kuat, pengen mati",)


def test_a_piece_of_a_longer_match_is_left_out() -> None:
    assert told((9, 16), (0, 16)) == ("aku udah ga kuat",)


def test_pieces_apart_are_told_in_the_order_of_the_text() -> None:
    assert told((18, 29), (0, 3)) == ("aku", "pengen mati")


def test_the_same_words_are_told_once() -> None:
    assert told((9, 16), (35, 42)) == ("ga kuat",)


def test_nothing_is_told_where_nothing_matched() -> None:
    assert told() == ()
