"""The store's server in one run, where it is not the bot's own: how it is killed, and how it comes back."""

from __future__ import annotations

import asyncio
import contextlib
import random
from abc import ABC, abstractmethod
from pathlib import Path

import redis
from relay import Relay
from server_groups import Node, free_ports, until

DEAD_S = (0.0, 2.0)
KEPT = ("--appendonly", "yes", "--appendfsync", "always")
DONE = b"done"
"""In the store's answer to whoever has ended an event or a message."""


class Servers(ABC):
    """Open before the bot starts; close after it."""

    relay: Relay | None = None
    """The line to the server, where it can be broken."""
    fails_over = False
    may_be_replica = True
    """Whether nobody minds that the server is made read-only for a moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "servers"
        self.folder.mkdir()
        self._stack = contextlib.AsyncExitStack()

    @abstractmethod
    async def open(self) -> str:
        """Returns what stands in `redis.url`."""

    @abstractmethod
    async def kill(self, chance: random.Random) -> None:
        """Kills, or freezes, the server that is written to; returns when everything is there again."""

    def process_id(self) -> int:
        """Of the server, where it is always the same one; else 0."""
        return 0

    @abstractmethod
    def client(self) -> redis.Redis:
        """To the server that is written to."""

    async def close(self) -> None:
        await self._stack.aclose()

    async def _node(self, name: str, port: int, *options: str) -> Node:
        node = Node(self.folder / name, port, *options)
        self._stack.callback(_end, node)
        await until(node.answers)
        return node


class Remote(Servers):
    """One server behind a line that can break."""

    async def open(self) -> str:
        (port,) = free_ports(1)
        self._server = await self._node("node", port, *KEPT)
        self.relay = Relay([port], DONE)
        await self.relay.open()
        self._stack.push_async_callback(self.relay.close)
        return f"redis://{self.relay.address}"

    def process_id(self) -> int:
        return self._server.process.pid

    async def kill(self, chance: random.Random) -> None:
        self._server.kill()
        await asyncio.sleep(chance.uniform(*DEAD_S))
        self._server.start()
        await until(self._server.answers)

    def client(self) -> redis.Redis:
        return self._server.client


def _end(node: Node) -> None:
    """Also one that is dead, or frozen."""
    node.process.kill()
    node.process.wait()
    node.client.close()
