"""Topics in private chats: for bots that have them, with messages that belong to one."""

from __future__ import annotations

import pytest
from api_caller import STAFF, STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient


@pytest.fixture
async def dimas(world: SandboxClient) -> Phone:
    phone = await world.phone("Dimas", STAFF.username)
    await phone.say("/start")
    return phone


async def test_a_topic_holds_messages_both_ways(staff_bot: Caller, dimas: Phone) -> None:
    topic = await staff_bot.ok("createForumTopic", chat_id=dimas.user, name="Kasus Awan")
    thread = topic["message_thread_id"]
    sent = await staff_bot.ok("sendMessage", chat_id=dimas.user, message_thread_id=thread, text="a")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    await dimas.say("b", thread=thread)
    got = (await staff_bot.ok("getUpdates", offset=-1))[0]["message"]
    assert (got["text"], got["message_thread_id"], got["is_topic_message"]) == ("b", thread, True)


async def test_an_unknown_topic_is_refused(staff_bot: Caller, dimas: Phone) -> None:
    refusal = await staff_bot.refused("sendMessage", chat_id=dimas.user, message_thread_id=99, text="a")
    assert refusal == "400 Bad Request: message thread not found"


async def test_a_bot_without_topics_cannot_make_or_use_one(bot: Caller, rani: Phone) -> None:
    assert await bot.refused("createForumTopic", chat_id=rani.user, name="x") == (
        "400 Bad Request: the chat is not a forum"
    )
    assert await bot.refused("sendMessage", chat_id=rani.user, message_thread_id=1, text="x") == (
        "400 Bad Request: message thread not found"
    )


async def test_topics_can_be_switched_on_and_off(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.set_topics(STUDENT.username, on=True)
    assert (await bot.ok("getMe"))["has_topics_enabled"] is True
    topic = await bot.ok("createForumTopic", chat_id=rani.user, name="x")
    await world.set_topics(STUDENT.username, on=False)
    thread = topic["message_thread_id"]
    assert "thread not found" in await bot.refused("sendMessage", chat_id=rani.user, message_thread_id=thread, text="x")


async def test_a_deleted_topic_takes_its_messages_along(staff_bot: Caller, dimas: Phone) -> None:
    topic = await staff_bot.ok("createForumTopic", chat_id=dimas.user, name="x")
    place = {"chat_id": dimas.user, "message_thread_id": topic["message_thread_id"]}
    await staff_bot.ok("sendMessage", **place, text="a")
    await staff_bot.ok("editForumTopic", **place, name="y")
    await staff_bot.ok("closeForumTopic", **place)
    await staff_bot.ok("deleteForumTopic", **place)
    assert [one.text for one in await dimas.messages()] == ["/start"]
    assert "thread not found" in await staff_bot.refused("sendMessage", **place, text="a")


@pytest.mark.parametrize("name", ["", " ", "x" * 129])
async def test_a_topic_needs_a_name_of_1_to_128_characters(staff_bot: Caller, dimas: Phone, name: str) -> None:
    assert (await staff_bot.refused("createForumTopic", chat_id=dimas.user, name=name)).startswith("400")
