"""How a bot tells Telegram that it wants to receive, and what stands in its menu."""

from __future__ import annotations

import pytest
from scripted_api import ScriptedApi, ok, refusal
from telegram_bots import NOW, STAFF_TOKEN, STUDENT_TOKEN, person_of

from bot.model.address import Side
from bot.platforms import create
from bot.platforms.telegram.webhook import Webhook
from bot.runtime.platform import Menu, TryLater

STUDENT_ID = Menu(Side.STUDENT, "id", (("start", "Mulai"), ("crisis", "Butuh bantuan sekarang")))
STUDENT_EN = Menu(Side.STUDENT, "", (("start", "Start"),))
STAFF = Menu(Side.STAFF, "", (("duty", "On or off duty"), ("start", "Start")))


async def test_polling_takes_the_webhook_away_and_keeps_what_waits(platform, api: ScriptedApi) -> None:
    await platform.prepare("student", ())
    [call] = api.seen
    assert (call.method, call.fields) == ("deleteWebhook", {"drop_pending_updates": "false"})


async def test_a_webhook_that_is_still_set_while_we_poll_is_told_to_whoever_asks(platform, api: ScriptedApi) -> None:
    api.says("getWebhookInfo", ok({"url": "https://old.example.org", "pending_update_count": 5}))
    found = await platform.reception("student")
    assert (found.pushes, found.as_wanted, found.waiting) == (True, False, 5)
    api.says("getWebhookInfo", ok([]))
    with pytest.raises(TryLater):
        await platform.reception("student")


async def test_each_side_has_its_menu_in_every_language(platform, api: ScriptedApi) -> None:
    await platform.prepare("student", (STUDENT_EN, STUDENT_ID, STAFF))
    english, indonesian = api.calls("setMyCommands")
    assert english.json("commands") == [{"command": "start", "description": "Start"}]
    assert "language_code" not in english.fields
    assert indonesian.fields["language_code"] == "id"
    assert indonesian.json("scope") == {"type": "all_private_chats"}
    assert [command["command"] for command in indonesian.json("commands")] == ["start", "crisis"]


async def test_a_bot_for_both_sides_shows_every_command_once(driver: str, api: ScriptedApi) -> None:
    shared = create(driver, {"student": STUDENT_TOKEN}, api.base, person_of, {"student": None}, lambda: NOW)
    await shared.open()
    await shared.prepare("student", (STUDENT_EN, STAFF))
    await shared.close()
    [call] = api.calls("setMyCommands")
    assert [command["command"] for command in call.json("commands")] == ["start", "duty"]


async def test_a_menu_that_telegram_refuses_stops_nothing(platform, api: ScriptedApi, caplog) -> None:
    api.says("setMyCommands", refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"))
    await platform.prepare("student", (STUDENT_EN, STUDENT_ID))
    assert len(api.calls("setMyCommands")) == 2
    assert "refused a menu" in caplog.text


async def test_a_limit_on_the_menu_is_tried_later(platform, api: ScriptedApi) -> None:
    api.says("setMyCommands", refusal(429, "Too Many Requests", retry_after=2))
    with pytest.raises(TryLater) as caught:
        await platform.prepare("student", (STUDENT_EN,))
    assert caught.value.after_ms == 2_000


async def test_a_webhook_is_set_for_each_bot_with_the_secret(driver: str, api: ScriptedApi) -> None:
    hooked = create(
        driver,
        {"student": STUDENT_TOKEN, "staff": STAFF_TOKEN},
        api.base,
        person_of,
        {"student": Side.STUDENT, "staff": Side.STAFF},
        lambda: NOW,
        Webhook("https://bot.example.org/", "s3cret"),
    )
    await hooked.open()
    await hooked.prepare("student", ())
    await hooked.prepare("staff", ())
    await hooked.close()
    student, staff = api.calls("setWebhook")
    assert student.fields["url"] == "https://bot.example.org/telegram/student"
    assert staff.fields["url"] == "https://bot.example.org/telegram/staff"
    assert student.fields["secret_token"] == "s3cret"
    assert student.fields["drop_pending_updates"] == "false"
    assert student.json("allowed_updates") == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_the_name_for_links_is_asked_once(platform, api: ScriptedApi) -> None:
    assert await platform.username("student") == "sebaya_test_bot"
    assert await platform.username("student") == "sebaya_test_bot"
    assert api.methods == ["getMe"]


async def test_a_nameless_bot_is_nonsense(platform, api: ScriptedApi) -> None:
    api.says("getMe", ok({"id": 1}))
    with pytest.raises(TryLater):
        await platform.username("student")
