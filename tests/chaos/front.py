"""What stands before the web processes in mode `webhook`, as a reverse proxy does: each request to one that answers.

It can also fail as one: a request is passed on, and the connection is cut before the answer is back.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Sequence

HOST = "127.0.0.1"


class Front:
    """Over the ports of the web processes; open it before anybody is told its address."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._turn = itertools.count()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.swallowing = 0
        """Answers still to be swallowed."""

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connection, HOST, 0)

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            there_reader, there_writer = await self._somebody()
        except OSError:
            writer.transport.abort()
            return
        try:
            forth = asyncio.create_task(_pass_on(reader, there_writer))
            self._tasks.add(forth)
            forth.add_done_callback(self._tasks.discard)
            await self._answers(there_reader, writer)
        finally:
            there_writer.transport.abort()
            writer.transport.abort()

    async def _somebody(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the process whose turn it is, or to the next that is there. Raises OSError."""
        first = next(self._turn)
        for number in range(len(self._ports)):
            with contextlib.suppress(OSError):
                return await asyncio.open_connection(HOST, self._ports[(first + number) % len(self._ports)])
        raise ConnectionRefusedError

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await there.read(65_536):
                if self.swallowing > 0:
                    self.swallowing -= 1
                    return
                writer.write(data)
                await writer.drain()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
