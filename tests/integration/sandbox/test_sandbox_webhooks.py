"""A webhook gets every update, in order within a chat, with its secret, again and again until it takes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from api_caller import Caller

from bot.sandbox.client import Phone, SandboxClient

SECRET = "s3cret_-A"


@dataclass
class Receiver:
    """A bot's web server. `answers` are the next statuses, then always 200; `reply` is the body."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    reply: dict[str, Any] | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.news.set()
        status = self.answers.pop(0) if self.answers else 200
        return web.json_response(self.reply, status=status) if self.reply else web.Response(status=status)

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()

    @property
    def texts(self) -> list[str]:
        return [one["message"]["text"] for one in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def until_nothing_is_pending(bot: Caller) -> None:
    async with asyncio.timeout(5):
        while (await bot.ok("getWebhookInfo"))["pending_update_count"]:
            pass


async def test_updates_that_waited_and_new_ones_come_with_the_secret(
    bot: Caller, rani: Phone, receiver: Receiver
) -> None:
    await bot.ok("setWebhook", url=receiver.url, secret_token=SECRET)
    await rani.say("halo")
    await receiver.wait_for(2)
    assert receiver.texts == ["/start", "halo"]
    assert receiver.secrets == [SECRET, SECRET]
    await until_nothing_is_pending(bot)
    assert (await rani.messages())[-1].fetched


async def test_a_refused_update_comes_again_before_the_next_of_its_chat(
    bot: Caller, rani: Phone, receiver: Receiver
) -> None:
    receiver.answers = [500, 503]
    await bot.ok("setWebhook", url=receiver.url)
    await rani.say("halo")
    await receiver.wait_for(4)
    assert receiver.texts == ["/start", "/start", "/start", "halo"]
    info = await bot.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_another_chat_does_not_wait_for_one_that_fails(
    bot: Caller, world: SandboxClient, rani: Phone, receiver: Receiver
) -> None:
    receiver.answers = [500]
    dimas = await world.phone("Dimas", "teman_bot")
    await bot.ok("setWebhook", url=receiver.url)
    await receiver.wait_for(1)
    await dimas.say("dari Dimas")
    await receiver.wait_for(3)
    assert sorted(receiver.texts) == ["/start", "/start", "dari Dimas"]


async def test_an_update_waits_for_a_webhook_that_is_down(bot: Caller, rani: Phone) -> None:
    await bot.ok("setWebhook", url="http://127.0.0.1:9/hook")
    await rani.say("halo")
    async with asyncio.timeout(5):
        while "last_error_message" not in (info := await bot.ok("getWebhookInfo")):
            pass
    assert (info["pending_update_count"], info["last_error_message"]) == (2, "Connection refused")
    await bot.ok("deleteWebhook")
    assert [one["message"]["text"] for one in await bot.ok("getUpdates")] == ["/start", "halo"]


async def test_a_webhook_may_answer_with_a_method(bot: Caller, rani: Phone, receiver: Receiver) -> None:
    receiver.reply = {"method": "sendMessage", "chat_id": rani.user, "text": "lewat webhook"}
    await bot.ok("setWebhook", url=receiver.url)
    await rani.wait_for("lewat webhook")


async def test_waiting_updates_can_be_dropped(bot: Caller, rani: Phone, receiver: Receiver) -> None:
    await bot.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    await rani.say("baru")
    await receiver.wait_for(1)
    assert receiver.texts == ["baru"]


@pytest.mark.parametrize("secret", ["spasi di sini", "é", "x" * 257])
async def test_a_malformed_secret_is_refused(bot: Caller, receiver: Receiver, secret: str) -> None:
    assert await bot.refused("setWebhook", url=receiver.url, secret_token=secret) == (
        "400 Bad Request: secret token contains unallowed characters"
    )
    assert (await bot.ok("getWebhookInfo"))["url"] == ""


async def test_a_malformed_address_is_refused(bot: Caller) -> None:
    assert (await bot.refused("setWebhook", url="ftp://x/y")).startswith("400 Bad Request: bad webhook")
