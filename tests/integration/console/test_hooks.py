"""Who knocks at the web port with a wrong secret is counted by source, and forgotten after a minute."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web

from bot.console import Hook
from bot.console import hooks as hooks_module
from bot.console.hooks import MINUTE_S, MOST_SOURCES, STRANGERS_PER_MINUTE, Doorway, Strangers


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_source_has_its_own_count_and_a_minute_wipes_them() -> None:
    clock = Clock()
    strangers = Strangers(clock)
    assert [strangers.too_many("a") for _ in range(STRANGERS_PER_MINUTE + 1)][-2:] == [False, True]
    assert not strangers.too_many("b")
    clock.now = MINUTE_S
    assert not strangers.too_many("a")


def test_a_flood_of_sources_never_fills_the_memory() -> None:
    strangers = Strangers(Clock())
    for number in range(MOST_SOURCES * 2 + 5):
        strangers.too_many(str(number))
    assert len(strangers._counts) <= MOST_SOURCES


async def test_more_requests_at_once_than_can_be_held_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks_module, "MOST_AT_ONCE", 2)
    go_on = asyncio.Event()

    full = asyncio.Semaphore(0)

    async def take(_: bytes) -> None:
        full.release()
        await go_on.wait()

    app = web.Application()
    app.router.add_post("/h", Doorway(Hook("/h", "X", lambda _: True, take, 100), Strangers()).serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/h"
    try:
        async with aiohttp.ClientSession() as session:
            held = [asyncio.create_task(session.post(url, data=b"x")) for _ in range(2)]
            for _ in held:
                await asyncio.wait_for(full.acquire(), 8)
            async with session.post(url, data=b"x") as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "1")
            go_on.set()
            assert [(await each).status for each in held] == [200, 200]
    finally:
        await runner.cleanup()
