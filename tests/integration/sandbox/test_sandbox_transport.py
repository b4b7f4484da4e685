"""Tokens, methods, bodies: what is no proper call gets the answer that Telegram gives."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from api_caller import STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer


async def test_a_wrong_token_is_401_and_no_token_is_404(server: SandboxServer, session: aiohttp.ClientSession) -> None:
    for token in ("1001:wrong", "77:student"):
        assert await Caller(server.url, session, token).refused("getMe") == "401 Unauthorized"
    assert await Caller(server.url, session, "nonsense").refused("getMe") == "404 Not Found"


async def test_an_unknown_method_is_404(bot: Caller) -> None:
    assert await bot.refused("sendLove", chat_id=1) == "404 Not Found: method not found"


async def test_a_method_may_be_called_by_get_and_in_any_case(bot: Caller, rani: Phone) -> None:
    url = f"{bot.url}/bot{bot.token}/SENDMESSAGE"
    async with bot.session.get(url, params={"chat_id": rani.user, "text": "lewat GET"}) as response:
        assert (await response.json())["result"]["text"] == "lewat GET"


@pytest.mark.parametrize(
    ("body", "description"),
    [
        (b"{", "Bad Request: can't parse JSON object"),
        (b"[1]", "Bad Request: JSON object expected"),
        (b'{"text": "\\ud800", "chat_id": 1}', "Bad Request: strings must be encoded in UTF-8"),
        (b"\xff\xfe{}", "Bad Request: strings must be encoded in UTF-8"),
        (b"[" * 100_000, "Bad Request: can't parse JSON object"),
    ],
)
async def test_a_malformed_body_is_refused(bot: Caller, body: bytes, description: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendMessage", data=body, headers=headers) as response:
        assert (response.status, (await response.json())["description"]) == (400, description)


async def test_a_broken_multipart_body_is_refused(bot: Caller) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    async with bot.session.post(
        f"{bot.url}/bot{bot.token}/sendMessage", data=b"--y\r\nno", headers=headers
    ) as response:
        assert response.status == 400
        assert (await response.json())["ok"] is False


@pytest.mark.parametrize("structure", ["{", "7", '{"inline_keyboard": 3}', '{"inline_keyboard": [[7]]}'])
async def test_a_malformed_structure_is_refused(bot: Caller, rani: Phone, structure: str) -> None:
    assert (await bot.refused("sendMessage", chat_id=rani.user, text="x", reply_markup=structure)).startswith("400")


@pytest.fixture
async def open_server() -> AsyncIterator[SandboxServer]:
    running = SandboxServer(accept_any_token=True)
    await running.start()
    yield running
    await running.stop()


async def test_any_well_formed_token_becomes_a_bot_where_that_is_allowed(
    open_server: SandboxServer, session: aiohttp.ClientSession
) -> None:
    bot = Caller(open_server.url, session, "4242:whatever")
    assert (await bot.ok("getMe"))["username"] == "bot4242_bot"
    assert await Caller(open_server.url, session, "4242:other").refused("getMe") == "401 Unauthorized"
    async with SandboxClient(open_server.url) as world:
        assert [one["username"] for one in await world.bots()] == ["bot4242_bot"]
        phone = await world.phone("Rani", "bot4242_bot")
        await phone.say("/start")
    assert len(await bot.ok("getUpdates")) == 1


async def test_a_bot_knows_itself(bot: Caller, staff_bot: Caller) -> None:
    me = await bot.ok("getMe")
    assert (me["id"], me["username"], me["is_bot"], me["has_topics_enabled"]) == (1001, STUDENT.username, True, False)
    assert (await staff_bot.ok("getMe"))["has_topics_enabled"] is True


async def test_a_defect_of_the_sandbox_is_500_and_says_nothing_of_the_message(
    bot: Caller, rani: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.sandbox.world.World.add_message", broken)
    refusal = await bot.refused("sendMessage", chat_id=rani.user, text="rahasia besar")
    assert refusal == "500 Internal Server Error"
    assert "rahasia besar" not in caplog.text
