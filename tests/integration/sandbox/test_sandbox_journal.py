"""With a journal, a sandbox that was killed comes back with every chat, and with what no bot had confirmed."""

from __future__ import annotations

from pathlib import Path

import aiohttp
from api_caller import STAFF, STUDENT, Caller

from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SandboxServer


async def start(path: Path) -> SandboxServer:
    server = SandboxServer([STUDENT, STAFF], journal=path)
    await server.start()
    return server


async def test_chats_messages_and_unconfirmed_updates_are_there_again(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    path = tmp_path / "journal.jsonl"
    before = await start(path)
    async with SandboxClient(before.url) as world:
        rani = await world.phone("Rani", STUDENT.username, username="rani_p")
        await rani.say("/start")
        bot = Caller(before.url, session)
        first = (await bot.ok("getUpdates"))[0]["update_id"]
        await bot.ok("getUpdates", offset=first + 1)
        said = await rani.say("halo")
        buttons = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
        sent = await bot.ok("sendMessage", chat_id=rani.user, text="?", reply_markup=buttons)
        await bot.ok(
            "setMessageReaction", chat_id=rani.user, message_id=said.id, reaction=[{"type": "emoji", "emoji": "👍"}]
        )
        history = [(one.id, one.text, one.labels, one.marks) for one in await rani.messages()]
    await before.stop()
    with path.open("a") as file:
        file.write('["message", {"id')  # a line that was cut by the kill

    after = await start(path)
    try:
        async with SandboxClient(after.url) as world:
            assert [one.username for one in await world.users()] == ["rani_p"]
            rani = await world.phone(rani.user, STUDENT.username)
            assert [(one.id, one.text, one.labels, one.marks) for one in await rani.messages()] == history
            bot = Caller(after.url, session)
            updates = await bot.ok("getUpdates")
            assert [(one["update_id"], one["message"]["text"]) for one in updates] == [(first + 1, "halo")]
            await rani.wait_until(lambda one: one.id == said.id and one.fetched)
            assert (await rani.say("lagi")).id == sent["message_id"] + 1
            assert (await bot.ok("getUpdates", offset=first + 2))[0]["update_id"] > first + 1
    finally:
        await after.stop()


async def test_a_block_outlives_a_restart_and_a_reset_does_not_come_back(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    path = tmp_path / "journal.jsonl"
    server = await start(path)
    async with SandboxClient(server.url) as world:
        rani = await world.phone("Rani", STUDENT.username)
        await rani.say("/start")
        await rani.block()
    await server.stop()

    server = await start(path)
    assert "blocked" in await Caller(server.url, session).refused("sendMessage", chat_id=rani.user, text="x")
    async with SandboxClient(server.url) as world:
        await world.reset()
    await server.stop()

    server = await start(path)
    async with SandboxClient(server.url) as world:
        assert await world.users() == []
        assert len(await world.bots()) == 2
    await server.stop()
