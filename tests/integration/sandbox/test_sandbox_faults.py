"""Failures come when they are asked for, as often as they are asked for, and only where they are asked for."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest
from api_caller import Caller

from bot.sandbox.client import Phone, SandboxClient, WorldError


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("400", "400 Bad Request: chat not found"),
        ("401", "401 Unauthorized"),
        ("403", "403 Forbidden: bot was blocked by the user"),
        ("500", "500 Internal Server Error"),
        ("502", "502 Bad Gateway"),
    ],
)
async def test_a_fault_answers_in_place_of_the_method_and_once(
    bot: Caller, world: SandboxClient, rani: Phone, kind: str, refusal: str
) -> None:
    await world.fault(kind, "sendMessage")
    assert await bot.refused("sendMessage", chat_id=rani.user, text="a") == refusal
    await bot.ok("sendMessage", chat_id=rani.user, text="b")
    assert [one.text for one in await rani.messages() if one.by == "bot"] == ["b"]


async def test_a_429_says_how_long_to_wait(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.fault("429", "sendMessage", retry_after=7)
    status, body = await bot.raw("sendMessage", chat_id=rani.user, text="a")
    assert (status, body) == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        },
    )


async def test_a_fault_may_have_words_of_its_own(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.fault("400", "sendMessage", description="Bad Request: message thread not found")
    refusal = await bot.refused("sendMessage", chat_id=rani.user, text="a")
    assert refusal == "400 Bad Request: message thread not found"


async def test_a_cut_before_does_nothing_and_a_cut_after_has_acted(
    bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    for kind in ("drop-before", "drop-after"):
        await world.fault(kind, "sendMessage")
        with pytest.raises(aiohttp.ClientConnectionError):
            await bot.ok("sendMessage", chat_id=rani.user, text=kind)
    assert [one.text for one in await rani.messages() if one.by == "bot"] == ["drop-after"]


async def test_a_slow_call_acts_late(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.fault("slow", "sendMessage", delay=0.3)
    began = time.monotonic()
    call = asyncio.create_task(bot.ok("sendMessage", chat_id=rani.user, text="a"))
    await call
    assert time.monotonic() - began >= 0.3


async def test_nonsense_is_no_json(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.fault("nonsense", "getUpdates")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/getUpdates") as response:
        assert response.status == 200
        assert not (await response.text()).startswith("{")


async def test_a_fault_touches_only_the_bot_the_chat_and_the_method_that_it_names(
    bot: Caller, staff_bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    dimas = await world.phone("Dimas", "teman_bot")
    await dimas.say("/start")
    await world.fault("500", "sendMessage", chat=rani.user, bot="teman_bot", times=0)
    await bot.ok("sendMessage", chat_id=dimas.user, text="a")
    await bot.ok("sendChatAction", chat_id=rani.user, action="typing")
    await staff_bot.ok("getMe")
    for _ in range(3):
        await bot.refused("sendMessage", chat_id=rani.user, text="a")
    await world.clear_faults()
    await bot.ok("sendMessage", chat_id=rani.user, text="a")


async def test_faults_are_listed_counted_and_cleared(bot: Caller, world: SandboxClient) -> None:
    number = await world.fault("500", times=3)
    await bot.refused("getMe")
    assert [(one["id"], one["used"], one["times"]) for one in await world.faults()] == [(number, 1, 3)]
    await world.call("DELETE", f"faults/{number}")
    assert await world.faults() == []
    await bot.ok("getMe")


async def test_an_unknown_kind_of_fault_is_refused(world: SandboxClient) -> None:
    with pytest.raises(WorldError) as refusal:
        await world.fault("418")
    assert refusal.value.status == 400


async def test_the_rate_limits_pass_a_burst_and_then_refuse_only_that_chat(
    bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    dimas = await world.phone("Dimas", "teman_bot")
    await dimas.say("/start")
    await world.limits(on=True, burst=3)
    for _ in range(3):
        await bot.ok("sendMessage", chat_id=rani.user, text="a")
    assert await bot.refused("sendMessage", chat_id=rani.user, text="a") == ("429 Too Many Requests: retry after 1")
    await bot.ok("sendMessage", chat_id=dimas.user, text="a")
    await world.limits(on=False)
    await bot.ok("sendMessage", chat_id=rani.user, text="a")


async def test_the_whole_bot_is_limited_too(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await world.limits(on=True, per_second=2, burst=100)
    for _ in range(2):
        await bot.ok("sendMessage", chat_id=rani.user, text="a")
    assert (await bot.refused("sendMessage", chat_id=rani.user, text="a")).startswith("429")
