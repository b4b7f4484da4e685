"""Inline buttons are checked as Telegram checks them, and a press is answered once and in time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from api_caller import Caller

from bot.sandbox.client import Phone, WorldError
from bot.sandbox.methods import chats


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


async def next_press(bot: Caller) -> dict[str, Any]:
    while True:
        for update in await bot.ok("getUpdates", offset=-1, timeout=10):
            if "callback_query" in update:
                query: dict[str, Any] = update["callback_query"]
                return query


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "pay": True}, "BUTTON_TYPE_INVALID"),
        ({"text": "a", "callback_game": {}}, "BUTTON_TYPE_INVALID"),
        ({"text": " ", "callback_data": "x"}, "BUTTON_TEXT_INVALID"),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        *(
            (button, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
            for button in ({"text": "a"}, {"text": "a", "callback_data": ""}, {"text": "a", "url": ""})
        ),
        (
            {"text": "a", "callback_data": "x", "url": "https://x.id"},
            "can't parse inline keyboard button: exactly one of the optional fields must be used",
        ),
        (
            {"text": "a", "web_app": {"url": "http://x.id"}},
            "inline keyboard button Web App URL 'http://x.id' is invalid: Only HTTPS links are allowed",
        ),
        (
            {"text": "a", "url": "tel:+62119"},
            "inline keyboard button URL 'tel:+62119' is invalid: Wrong port number specified in the URL",
        ),
        (
            {"text": "a", "url": "mailto://x"},
            "inline keyboard button URL 'mailto://x' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "a", "url": "http://localhost/x"},
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_wrong_button_is_refused(bot: Caller, rani: Phone, button: dict[str, Any], refusal: str) -> None:
    got = await bot.refused("sendMessage", chat_id=rani.user, text="x", reply_markup=keyboard(button))
    assert got == f"400 Bad Request: {refusal}"


async def test_the_longest_button_data_is_64_bytes(bot: Caller, rani: Phone) -> None:
    data = "é" * 32
    await bot.ok(
        "sendMessage", chat_id=rani.user, text="x", reply_markup=keyboard({"text": "a", "callback_data": data})
    )
    assert (await rani.wait_for(button="a")).tokens == [data]


async def test_more_than_a_hundred_buttons_are_refused(bot: Caller, rani: Phone) -> None:
    rows = [[{"text": str(number), "callback_data": str(number)}] for number in range(101)]
    got = await bot.refused("sendMessage", chat_id=rani.user, text="x", reply_markup={"inline_keyboard": rows})
    assert got == "400 Bad Request: reply markup is too long"


async def test_a_press_reaches_the_bot_and_its_answer_the_phone(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok(
        "sendMessage", chat_id=rani.user, text="?", reply_markup=keyboard({"text": "Ya", "callback_data": "y:1"})
    )
    press = asyncio.create_task(rani.press("Ya"))
    query = await next_press(bot)
    assert (query["data"], query["from"]["language_code"]) == ("y:1", "id")
    assert query["message"]["message_id"] == sent["message_id"]
    assert query["message"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "y:1"
    await bot.ok("answerCallbackQuery", callback_query_id=query["id"], text="Siap", show_alert=True)
    answer = await press
    assert (answer.answered, answer.text, answer.alert) == (True, "Siap", True)


async def test_a_press_is_answered_once(bot: Caller, rani: Phone) -> None:
    await bot.ok(
        "sendMessage", chat_id=rani.user, text="?", reply_markup=keyboard({"text": "Ya", "callback_data": "y"})
    )
    press = asyncio.create_task(rani.press("y"))
    query = await next_press(bot)
    await bot.ok("answerCallbackQuery", callback_query_id=query["id"])
    assert (await press).answered
    too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await bot.refused("answerCallbackQuery", callback_query_id=query["id"]) == too_old
    assert await bot.refused("answerCallbackQuery", callback_query_id="1") == too_old


async def test_a_late_answer_is_refused(bot: Caller, rani: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chats, "PRESS_LIVES_S", 0.0)
    await bot.ok(
        "sendMessage", chat_id=rani.user, text="?", reply_markup=keyboard({"text": "Ya", "callback_data": "y"})
    )
    answer = await rani.press("Ya", wait=0)
    assert not answer.answered
    query = await next_press(bot)
    assert "query is too old" in await bot.refused("answerCallbackQuery", callback_query_id=query["id"])


async def test_a_button_that_is_not_there_cannot_be_pressed_but_a_stale_one_can(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok(
        "sendMessage", chat_id=rani.user, text="?", reply_markup=keyboard({"text": "Ya", "callback_data": "y"})
    )
    with pytest.raises(WorldError, match="no such button"):
        await rani.press("Tidak")
    await bot.ok("editMessageText", chat_id=rani.user, message_id=sent["message_id"], text="sudah")
    await rani.press("y", sent["message_id"], wait=0)
    assert (await next_press(bot))["data"] == "y"
