"""Messages become calls that Telegram takes: what it would refuse is left out, shortened, or sent another way."""

from __future__ import annotations

import pytest

from bot.model.address import Address, Side
from bot.model.outgoing import AnswerPress, Button, EditText, SendFile, SendText
from bot.platforms.telegram.calls import Call, calls_for, edit_call
from bot.platforms.telegram.keyboards import written
from bot.platforms.telegram.menus import MOST_COMMANDS, menu_calls
from bot.runtime.platform import Menu

TO = Address("telegram", "student", "7")


@pytest.mark.parametrize("url", ["https://a.example", "HTTP://a.example", "tg://user?id=1"])
def test_a_page_that_telegram_opens_keeps_its_button(url: str) -> None:
    assert written(((Button("a", url=url),),)) == {"reply_markup": {"inline_keyboard": [[{"text": "a", "url": url}]]}}


@pytest.mark.parametrize("button", [Button("a", url="tel:119"), Button("a", url="mailto:a@b.example"), Button("a")])
def test_a_button_that_can_do_nothing_is_left_out_with_its_empty_row(button: Button) -> None:
    assert written(((button,),)) == {}
    assert written(((button, Button("b", "t")), (button,))) == {
        "reply_markup": {"inline_keyboard": [[{"text": "b", "callback_data": "t"}]]}
    }


def test_a_call_without_links_keeps_the_buttons_that_come_back() -> None:
    [call] = calls_for(TO, SendText("a", ((Button("w", url="https://a.example"), Button("b", "t")),)))
    plain = call.without_links()
    assert plain.params["reply_markup"] == {"inline_keyboard": [[{"text": "b", "callback_data": "t"}]]}
    assert "reply_markup" not in calls_for(TO, SendText("a"))[0].without_links().params
    assert plain.params["text"] == "a"


def test_a_form_holds_texts_as_they_are_and_the_rest_as_json() -> None:
    form = Call("m", {"text": '"a"', "flag": True, "rows": [{"a": 1}]}).form
    assert form.fields == {"text": '"a"', "flag": "true", "rows": '[{"a":1}]'}


def test_a_torn_character_in_our_own_words_does_not_stop_them() -> None:
    [text] = calls_for(TO, SendText("a\ud83d"))
    assert text.params["text"] == "a\ufffd"
    edit, _ = edit_call(TO, EditText("r", "b\udc00"), "1")
    assert edit.params["text"] == "b\ufffd"


def test_a_press_answer_is_cut_by_what_telegram_counts() -> None:
    [call] = calls_for(TO, AnswerPress("1", "😀" * 150))
    assert call.params["text"] == "😀" * 100


def test_words_and_files_do_not_show_when_a_call_is_printed() -> None:
    calls = [*calls_for(TO, SendText("rahasia")), *calls_for(TO, SendFile("a", b"rahasia", "rahasia"))]
    assert "rahasia" not in repr([(call, call.form) for call in calls])


def test_a_menu_is_shortened_to_what_telegram_takes() -> None:
    commands = tuple((f"c{number}", "x" * 300) for number in range(120))
    [call] = menu_calls(None, (Menu(None, "id", commands),))
    shown = call.params["commands"]
    assert isinstance(shown, list)
    assert len(shown) == MOST_COMMANDS
    assert {len(command["description"]) for command in shown} == {256}


def test_a_side_without_commands_has_no_menu() -> None:
    assert menu_calls(Side.STAFF, (Menu(Side.STUDENT, "", (("a", "b"),)), Menu(Side.STAFF, "", ()))) == ()
