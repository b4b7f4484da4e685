"""The world API and its client: what people do becomes the updates that Telegram would send."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest
from api_caller import STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient, WorldError
from bot.sandbox.server import People, SandboxServer


async def test_a_text_arrives_with_its_sender_its_chat_and_what_telegram_found_in_it(bot: Caller, rani: Phone) -> None:
    text = "/start kode lihat https://example.org/a, @teman_kita atau tulis ke a@b.id 😀 #kuliah"
    said = await rani.say(text)
    message = (await bot.ok("getUpdates", offset=-1))[0]["message"]
    assert message["message_id"] == said.id
    assert message["from"] == {
        "id": rani.user,
        "is_bot": False,
        "first_name": "Rani",
        "username": "rani_p",
        "language_code": "id",
    }
    found = {
        one["type"]: text.encode("utf-16-le")[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode(
            "utf-16-le"
        )
        for one in message["entities"]
    }
    assert found == {
        "bot_command": "/start",
        "url": "https://example.org/a",
        "mention": "@teman_kita",
        "email": "a@b.id",
        "hashtag": "#kuliah",
    }


async def test_an_edit_and_a_reply_arrive_as_such(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendMessage", chat_id=rani.user, text="tanya")
    said = await rani.say("jwb", reply_to=sent["message_id"])
    await rani.edit(said, "jawab")
    new, edited = (await bot.ok("getUpdates"))[-2:]
    assert new["message"]["reply_to_message"]["text"] == "tanya"
    assert edited["edited_message"]["text"] == "jawab"
    assert (edited["edited_message"]["message_id"], "edit_date" in edited["edited_message"]) == (said.id, True)


async def test_a_text_that_is_too_long_goes_in_parts(bot: Caller, rani: Phone) -> None:
    await rani.say("😀" * 3000)
    updates = (await bot.ok("getUpdates"))[1:]
    assert [len(one["message"]["text"]) for one in updates] == [2048, 952]


async def test_what_a_phone_would_not_allow_is_refused(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendMessage", chat_id=rani.user, text="a")
    for deed in (rani.say("  "), rani.edit(sent["message_id"], "x"), rani.say("x", reply_to=999), rani.send("smell")):
        with pytest.raises(WorldError) as refusal:
            await deed
        assert refusal.value.status == 409
    await rani.block()
    with pytest.raises(WorldError):
        await rani.say("halo")


async def test_unknown_bots_people_and_fields_are_told_apart(world: SandboxClient) -> None:
    with pytest.raises(WorldError) as refusal:
        await world.phone("Rani", "no_bot")
    assert refusal.value.status == 404
    with pytest.raises(WorldError) as refusal:
        await world.phone(12345, STUDENT.username)
    assert refusal.value.status == 404
    with pytest.raises(WorldError) as refusal:
        await world.call("POST", "users", {"first_nam": "x"})
    assert refusal.value.status == 400


async def test_two_people_have_chats_of_their_own_and_message_ids_run_through_the_bot(
    bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    dimas = await world.phone("Dimas", STUDENT.username)
    first, second = await dimas.say("a"), await rani.say("b")
    assert second.id == first.id + 1
    assert [one.text for one in await dimas.messages()] == ["a"]


async def test_waiting_finds_messages_in_order_and_none_twice(bot: Caller, rani: Phone) -> None:
    for text in ("satu", "dua", "satu lagi"):
        await bot.ok("sendMessage", chat_id=rani.user, text=text)
    assert (await rani.wait_for("satu")).text == "satu"
    assert (await rani.wait_for("satu")).text == "satu lagi"
    with pytest.raises(TimeoutError, match="dua"):
        await rani.wait_for("dua", timeout=0.05)


async def test_waiting_wakes_at_once_and_sees_changes(bot: Caller, rani: Phone) -> None:
    waiting = asyncio.create_task(rani.wait_for("nanti", timeout=30))
    await asyncio.sleep(0.05)
    sent = await bot.ok("sendMessage", chat_id=rani.user, text="dulu")
    await bot.ok("editMessageText", chat_id=rani.user, message_id=sent["message_id"], text="nanti")
    async with asyncio.timeout(2):
        assert (await waiting).edited


async def test_asking_passes_over_what_came_before(bot: Caller, rani: Phone) -> None:
    await bot.ok("sendMessage", chat_id=rani.user, text="jawaban lama")
    asking = asyncio.create_task(rani.ask("halo", "jawaban"))
    await bot.ok("getUpdates", offset=-1)
    await rani.wait_until(lambda one: one.text == "halo")
    await bot.ok("sendMessage", chat_id=rani.user, text="jawaban baru")
    assert (await asking).text == "jawaban baru"


async def test_the_stream_tells_every_change_and_what_was_missed(world: SandboxClient, rani: Phone) -> None:
    said = await rani.say("halo")
    change = await world.wait_for_change(lambda one: one["type"] == "message" and one["message"]["text"] == "halo")
    assert (change["bot"], change["user"], change["message"]["id"]) == (STUDENT.username, rani.user, said.id)


async def test_a_watcher_that_was_away_too_long_is_told_to_read_anew(
    server: SandboxServer, session: aiohttp.ClientSession
) -> None:
    headers = {"Last-Event-ID": "999999"}
    async with session.get(f"{server.url}/sandbox/events", headers=headers) as response:
        async for line in response.content:
            if line.startswith(b"data: "):
                assert json.loads(line[6:])["type"] == "reset"
                break


async def test_a_reset_forgets_people_and_waiting_updates_but_not_the_bots(
    bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    await world.fault("500", "getMe", times=0)
    await world.reset()
    assert (await world.users(), await world.faults()) == ([], [])
    assert await bot.ok("getUpdates") == []
    assert await bot.refused("sendMessage", chat_id=rani.user, text="a") == "400 Bad Request: chat not found"


async def test_the_scene_is_there_when_the_page_opens(session: aiohttp.ClientSession) -> None:
    people = [People(name="Rani", role="student", language="id", bot=STUDENT.username)]
    server = SandboxServer([STUDENT], scene=people)
    await server.start()
    try:
        async with session.get(f"{server.url}/sandbox/scene") as response:
            scene = (await response.json())["people"]
        assert [(one["name"], one["role"], one["bot"]) for one in scene] == [("Rani", "student", STUDENT.username)]
        async with SandboxClient(server.url) as world:
            phone = await world.phone(scene[0]["id"], STUDENT.username)
            assert await phone.messages() == []
    finally:
        await server.stop()


async def test_stopping_does_not_wait_for_open_polls_and_streams(session: aiohttp.ClientSession) -> None:
    server = SandboxServer([STUDENT])
    await server.start()
    poll = asyncio.create_task(Caller(server.url, session).raw("getUpdates", timeout=50))
    stream = await session.get(f"{server.url}/sandbox/events")
    await asyncio.sleep(0.05)
    async with asyncio.timeout(3):
        await server.stop()
    stream.close()
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)


async def test_the_page_and_the_files_are_guarded_against_scripts(
    server: SandboxServer, session: aiohttp.ClientSession
) -> None:
    async with session.get(server.url) as response:
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
