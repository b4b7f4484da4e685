"""The lean HTTP link: whatever shape an answer has, it comes whole, or its lack is named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from yarl import URL

from bot.platforms.telegram.wire import Unreachable
from bot.platforms.telegram_link import Links

BODY = b'{"ok":true}'
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + BODY


@asynccontextmanager
async def server(pieces: tuple[bytes, ...], *, stays: bool = True) -> AsyncIterator[tuple[URL, list[int]]]:
    """Answers each request with these pieces; tells how many connections there were."""
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.rpartition(b"Content-Length: ")[2]))
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0.005)
                if not stays:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield URL(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"), connections
    finally:
        listening.close()


async def ask(links: Links, base: URL, timeout_s: float = 5.0) -> tuple[int, bytes | str]:
    reply = await links.post(base / "bot1:a" / "getMe", b"a=b", timeout_s)
    return reply.status, reply.body


@pytest.mark.parametrize(
    ("pieces", "stays"),
    [
        ((WHOLE,), True),
        (tuple(WHOLE[at : at + 1] for at in range(len(WHOLE))), True),
        (
            (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4;x=y\r\n", b'{"ok\r\n7\r\n":true}\r\n0\r\n\r\n'),
            True,
        ),
        ((b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", BODY[:3], BODY[3:]), False),
    ],
    ids=["whole", "byte by byte", "in chunks", "until the connection ends"],
)
async def test_an_answer_comes_whole_in_whatever_shape(pieces: tuple[bytes, ...], stays: bool) -> None:
    async with server(pieces, stays=stays) as (base, connections):
        links = Links(base)
        assert [await ask(links, base) for _ in range(2)] == [(200, BODY)] * 2
        assert len(connections) == (1 if stays else 2)
        links.close()


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [((), "cut-connection"), ((WHOLE[:-3],), "cut-connection"), ((b"SSH-2.0-OpenSSH\r\n\r\n",), "nonsense")],
)
async def test_an_answer_that_is_not_whole_is_named(pieces: tuple[bytes, ...], reason: str) -> None:
    async with server(pieces, stays=False) as (base, _):
        links = Links(base)
        with pytest.raises(Unreachable) as trouble:
            await ask(links, base)
        assert trouble.value.reason == reason
        links.close()


async def test_a_call_that_takes_too_long_takes_its_connection_with_it() -> None:
    async with server((WHOLE[:5],)) as (base, connections):
        links = Links(base)
        for _ in range(2):
            with pytest.raises(Unreachable) as trouble:
                await ask(links, base, 0.05)
            assert trouble.value.reason == "timeout"
        assert len(connections) == 2
        links.close()


async def test_nobody_there_is_no_connection() -> None:
    async with server(()) as (base, _):
        links = Links(base)
    with pytest.raises(Unreachable) as trouble:
        await ask(links, base)
    assert trouble.value.reason == "no-connection"
