"""The wire against a server that answers when it likes: how long an answer is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import hiredis
import pytest

from bot.runtime.store import StoreTrouble
from bot.store.addressing import Fixed
from bot.store.connect import Wire

GAP_S, WITHIN_S = 0.3, 0.7
"""Between two answers of the slow server, and how long an answer is waited for: two gaps fit, three do not."""


@asynccontextmanager
async def server(path: Path, delay_s: Callable[[bytes], float]) -> AsyncIterator[Wire]:
    """A wire to a server that answers one command after the other, each with its own name."""

    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        commands = hiredis.Reader()
        try:
            while received := await reader.read(65_536):
                commands.feed(received)
                while (command := commands.gets()) is not False:
                    await asyncio.sleep(delay_s(command[0]))
                    name = command[0]
                    writer.write(b":7\r\n" if name == b"CLIENT" else b"$%d\r\n%s\r\n" % (len(name), name))
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.create_task(serve(reader, writer)))

    listening = await asyncio.start_unix_server(accept, path)
    wire = Wire(Fixed(f"unix://{path}"), WITHIN_S)
    try:
        yield wire
    finally:
        await wire.close()
        listening.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def test_a_server_that_does_not_answer_is_trouble(tmp_path: Path) -> None:
    async with server(tmp_path / "s", lambda name: 60.0 if name == b"NEVER" else 0.0) as wire:
        assert await wire.ask([("PING",)]) == [b"PING"]
        with pytest.raises(StoreTrouble):
            await wire.ask([("NEVER",)])
        assert await wire.ask([("PING",)]) == [b"PING"], "the next one is asked on a new connection"


async def test_who_is_behind_a_slow_answer_has_its_own_time_to_be_answered(tmp_path: Path) -> None:
    """A crisis waits for the disk, and several that go out together wait one after the other."""
    async with server(tmp_path / "s", lambda name: GAP_S if name == b"SLOW" else 0.0) as wire:
        await wire.ask([("PING",)])
        answers = await asyncio.gather(*(wire.ask([("SLOW",)]) for _ in range(5)))
        assert answers == [[b"SLOW"]] * 5
