"""Who knocks at the web port with a wrong secret is counted by source, and forgotten after a minute."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
            async with asyncio.timeout(8), session.post(url, data=b"x") as response:
                assert (response.status, response.headers["Retry-After"]) == (503, "1")
            go_on.set()
            assert [(await each).status for each in held] == [200, 200]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def hook(biggest_body: int) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Its port, and what it has taken in."""
    taken: list[bytes] = []

    async def take(body: bytes) -> None:
        taken.append(body)

    app = web.Application()
    app.router.add_post("/h", Doorway(Hook("/h", "X", lambda _: True, take, biggest_body), Strangers()).serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1], taken
    finally:
        await runner.cleanup()


async def status_of(port: int, head: str, body: bytes = b"") -> int:
    """Of a request whose body may never end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"POST /h HTTP/1.1\r\nHost: bot\r\n{head}\r\n\r\n".encode() + body)
        line = await asyncio.wait_for(reader.readline(), 8)
        return int(line.split()[1])
    finally:
        writer.close()


async def test_a_body_that_is_announced_as_too_big_is_refused_before_it_comes() -> None:
    async with hook(biggest_body=100) as (port, taken):
        assert await status_of(port, "Content-Length: 101") == 413
        assert await status_of(port, "Content-Length: 100", b"x" * 100) == 200
    assert taken == [b"x" * 100]


async def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks_module, "BODY_WITHIN_S", 0.2)
    async with hook(biggest_body=100) as (port, taken):
        assert await status_of(port, "Content-Length: 50", b"x" * 49) == 408
    assert taken == []


@pytest.mark.parametrize("head", ["Content-Length: 50", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("abruptly", [True, False])
async def test_a_request_that_is_cut_in_the_middle_of_its_body_brings_nothing(
    caplog: pytest.LogCaptureFixture, head: str, *, abruptly: bool
) -> None:
    """Telegram has heard no 200, and sends it again. It is no fault of ours to be logged as one."""
    half = b"x" * 25 if head.startswith("Content") else b"19\r\n" + b"x" * 25 + b"\r\n"
    async with hook(biggest_body=100) as (port, taken):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"POST /h HTTP/1.1\r\nHost: bot\r\n{head}\r\n\r\n".encode() + half)
        await writer.drain()
        if abruptly:
            writer.transport.abort()
        else:
            writer.write_eof()
            assert b"200" not in await asyncio.wait_for(reader.read(), 8)
            writer.close()
        assert await status_of(port, "Content-Length: 3", b"all") == 200
        assert taken == [b"all"]
    assert not caplog.records
