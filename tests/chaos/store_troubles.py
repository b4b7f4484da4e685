"""What is done to the store: killed, failing over, slow, standing still, full, read-only, cut off."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping

import redis
from deployment import server_of
from history import now_ms
from server_groups import until
from stage import Stage

STORE_BACK_MS = 6_000
"""The bot notices within five seconds that its own server is gone, and starts it."""
PAUSED_MS = (300, 2_500)
STILL_S = (5.5, 9.0)
"""Longer than anybody waits for an answer, and than a lease: then it does all that it was asked meanwhile."""
REFUSING_S = (0.5, 3.0)
SWALLOWED = (8, 24)
NOWHERE = ("127.0.0.1", 1)
"""Who follows this is a replica, and keeps what it has."""

Note = Callable[[str, int, int], None]


class StoreTroubles:
    """One at a time. `note` is told what was broken, and from when to when."""

    def __init__(self, stage: Stage, chance: random.Random, counts: Counter[str], note: Note) -> None:
        self._stage = stage
        self._chance = chance
        self._counts = counts
        self._note = note
        self._busy = False

    def makers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """By kind, those that this run's server can have."""
        servers = self._stage.servers
        made = {"kill store": self._kill, "slow store": self._slow, "full store": self._full}
        if servers is None or servers.may_be_replica:
            made["read-only store"] = self._read_only
        if servers is None or not servers.fails_over:
            made["still store"] = self._stand_still
        if servers is not None and servers.relay is not None:
            made["cut store"] = self._cut
        return made

    async def _kill(self) -> None:
        with self._alone() as free:
            servers = self._stage.servers
            if not free or (servers is None and not server_of(self._stage.data)):
                return
            began = now_ms()
            self._counts["kills"] += 1
            self._counts["store kills"] += 1
            if servers is None:
                await asyncio.to_thread(self._stage.kill_server)
                self._note("kill store", began, now_ms() + STORE_BACK_MS)
            else:
                await servers.kill(self._chance)
                self._note("failover" if servers.fails_over else "kill store", began, now_ms())

    async def _slow(self) -> None:
        with self._alone() as free:
            paused_ms = self._chance.randint(*PAUSED_MS)
            if free and await self._told("CLIENT", "PAUSE", paused_ms, "ALL"):
                self._counts["store pauses"] += 1
                self._note("slow store", now_ms(), now_ms() + paused_ms)

    async def _stand_still(self) -> None:
        """As where its disk stalls: each connection is given up, and each command is carried out all the same."""
        with self._alone() as free:
            servers = self._stage.servers
            number = server_of(self._stage.data) if servers is None else servers.process_id()
            if not free or not number:
                return
            began = now_ms()
            self._counts["store standstills"] += 1
            os.kill(number, signal.SIGSTOP)
            try:
                await asyncio.sleep(self._chance.uniform(*STILL_S))
            finally:
                os.kill(number, signal.SIGCONT)
            self._note("still store", began, now_ms())

    async def _full(self) -> None:
        await self._refusing(("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0"))

    async def _read_only(self) -> None:
        await self._refusing(("REPLICAOF", *NOWHERE), ("REPLICAOF", "NO", "ONE"))

    async def _cut(self) -> None:
        """Connections break, most of them after the store has done what it was asked."""
        assert self._stage.servers is not None
        relay = self._stage.servers.relay
        assert relay is not None
        self._counts["store cuts"] += 1
        began = now_ms()
        relay.swallowing += self._chance.randint(*SWALLOWED)
        await asyncio.sleep(self._chance.uniform(*REFUSING_S))
        relay.cut()
        self._note("cut store", began, now_ms())

    async def _refusing(self, begin: tuple[str | int, ...], end: tuple[str | int, ...]) -> None:
        with self._alone() as free:
            if not free or not await self._told(*begin):
                return
            self._counts["store refusals"] += 1
            began = now_ms()
            try:
                await asyncio.sleep(self._chance.uniform(*REFUSING_S))
            finally:
                await until(lambda: self._ask(*end))
                self._note("refusing store", began, now_ms())

    async def _told(self, *command: str | int) -> bool:
        return await asyncio.to_thread(self._ask, *command)

    def _ask(self, *command: str | int) -> bool:
        """False while nobody is there."""
        with contextlib.suppress(redis.RedisError), self._client() as client:
            client.execute_command(*command)
            return True
        return False

    def _client(self) -> redis.Redis:
        servers = self._stage.servers
        return redis.Redis(unix_socket_path=str(self._stage.socket)) if servers is None else servers.client()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """False when something is being done to the store already."""
        if self._busy:
            yield False
            return
        self._busy = True
        try:
            yield True
        finally:
            self._busy = False
