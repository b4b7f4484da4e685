"""Whatever a platform lacks, the words get through; what it has is left as it is."""

from __future__ import annotations

import pytest

from bot.model.outgoing import (
    AnswerPress,
    Button,
    DeleteMessage,
    EditText,
    Keyboard,
    Mark,
    SendFile,
    SendMedia,
    SendText,
    ShowMark,
    ShowTyping,
    What,
)
from bot.platforms.abilities import Abilities, plainer, pressed
from bot.platforms.telegram.abilities import ABILITIES as TELEGRAM

NOTHING = Abilities()
CHOICE: Keyboard = ((Button("Ya", "t1"), Button("Tidak dulu", "t2")), (Button("Web", url="https://example.org"),))
SCALE: Keyboard = (tuple(Button(str(number), f"n{number}") for number in range(11)), (Button("Lewati", "skip"),))
EVERY_KIND: list[What] = [
    SendText("a", CHOICE, "r", quiet=True, reply_to="3"),
    EditText("r", "a", CHOICE),
    DeleteMessage("r"),
    ShowMark("3", Mark.FAILED),
    SendMedia("photo", "student", "F", "c", reply_to="3"),
    SendFile("a.txt", b"a", "c"),
    ShowTyping(),
    AnswerPress("9", "a"),
]


@pytest.mark.parametrize("what", EVERY_KIND, ids=lambda what: type(what).__name__)
def test_what_a_platform_can_show_is_left_as_it_is(what: What) -> None:
    assert plainer(what, TELEGRAM) is what


def test_on_a_platform_of_words_only_nothing_but_decoration_is_lost() -> None:
    words = "a\n\n1. Ya\n2. Tidak dulu\nWeb: https://example.org"
    assert [plainer(what, NOTHING) for what in EVERY_KIND] == [
        SendText(words, ref="r", quiet=True),
        SendText(words, ref="r"),
        None,
        None,
        SendMedia("photo", "student", "F", "c"),
        SendFile("a.txt", b"a", "c"),
        None,
        None,
    ]


def test_an_edit_stays_one_where_only_buttons_are_missing() -> None:
    assert plainer(EditText("r", "a", CHOICE[:1]), Abilities(edits=True)) == EditText("r", "a\n\n1. Ya\n2. Tidak dulu")


def test_as_many_buttons_as_fit_are_shown_and_one_more_makes_lines_of_all() -> None:
    what = SendText("a", CHOICE)
    assert plainer(what, Abilities(buttons=3)) is what
    assert plainer(what, Abilities(buttons=2)) == plainer(what, NOTHING)


def test_labels_that_are_numbers_get_none_before_them() -> None:
    shown = plainer(SendText("a", SCALE), NOTHING)
    assert isinstance(shown, SendText)
    assert shown.text.splitlines()[2:] == [*(str(number) for number in range(11)), "Lewati"]


@pytest.mark.parametrize(
    ("typed", "keyboard", "token"),
    [
        ("1", CHOICE, "t1"),
        (" 2 ", CHOICE, "t2"),
        ("ya", CHOICE, "t1"),
        ("TIDAK DULU", CHOICE, "t2"),
        ("3", CHOICE, ""),
        ("0", CHOICE, ""),
        ("Web", CHOICE, ""),
        ("ya dong", CHOICE, ""),
        ("", CHOICE, ""),
        ("1", SCALE, "n1"),
        ("12", SCALE, ""),
        ("1", (), ""),
    ],
)
def test_a_number_or_a_label_is_as_good_as_a_press(typed: str, keyboard: Keyboard, token: str) -> None:
    assert pressed(typed, keyboard) == token
