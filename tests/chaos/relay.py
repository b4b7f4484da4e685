"""A line between two that can break: each connection goes to one of several ports that answers, as by a reverse proxy.

It fails as lines do: connections are cut, or what was asked arrives and is done, and the answer does not come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Sequence

HOST = "127.0.0.1"
CHUNK = 65_536


class Relay:
    """Open it before anybody is told its address."""

    def __init__(self, ports: Sequence[int], worth: bytes = b"") -> None:
        """`worth` is what an answer must hold to be swallowed."""
        self._ports = ports
        self._worth = worth
        self._turn = itertools.count()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._callers: set[asyncio.StreamWriter] = set()
        self.swallowing = 0
        """Answers still to be swallowed, each with its connection."""

    @property
    def address(self) -> str:
        assert self._server is not None
        return f"{HOST}:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connection, HOST, 0)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self.cut()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Breaks every connection, whatever is on its way."""
        for caller in self._callers:
            caller.transport.abort()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._callers.add(writer)
        there: asyncio.StreamWriter | None = None
        try:
            answers, there = await self._somebody()
            async with asyncio.TaskGroup() as both:
                forth = both.create_task(_pass_on(reader, there))
                await self._pass_back(answers, writer)
                forth.cancel()
        except OSError:
            pass  # nobody is there: the caller finds its connection cut
        finally:
            self._callers.discard(writer)
            writer.transport.abort()
            if there is not None:
                there.transport.abort()

    async def _somebody(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the one whose turn it is, or to the next that is there. Raises OSError."""
        first = next(self._turn)
        for number in range(len(self._ports)):
            with contextlib.suppress(OSError):
                return await asyncio.open_connection(HOST, self._ports[(first + number) % len(self._ports)])
        raise ConnectionRefusedError

    async def _pass_back(self, answers: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await answers.read(CHUNK):
                if self.swallowing > 0 and self._worth in data:
                    self.swallowing -= 1
                    return
                writer.write(data)
                await writer.drain()


async def _pass_on(reader: asyncio.StreamReader, there: asyncio.StreamWriter) -> None:
    """Until the caller goes; then the other side hears it."""
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            there.write(data)
            await there.drain()
    there.transport.abort()
