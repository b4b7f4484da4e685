"""Servers of which one takes another's place: watched by Sentinels, or in a Cluster."""

from __future__ import annotations

import asyncio
import random
import signal
from abc import abstractmethod

import redis
from server_groups import HOST, Node, cluster, free_ports, until
from servers import DEAD_S, KEPT, Servers

from bot.store.addressing import SLOTS, slot_of

COPIED = ("--repl-diskless-sync-delay", "0", "--min-replicas-to-write", "1", "--min-replicas-max-lag", "2")
"""As docs/operators.md has it: a primary that no replica follows takes nothing in."""
SERVICE, PROGRAM = "peers", "sebaya"


class Group(Servers):
    """A primary, and a replica that takes its place when it is killed or frozen."""

    fails_over = True
    may_be_replica = False

    async def kill(self, chance: random.Random) -> None:
        primary = await asyncio.to_thread(self.primary)
        if chance.random() < 1 / 2:
            await self._freeze(primary, chance)
        else:
            await self._kill(primary, chance)
        await until(_follows, primary)

    async def _kill(self, primary: Node, chance: random.Random) -> None:
        primary.kill()
        await until(lambda: self.primary() is not primary)
        await asyncio.sleep(chance.uniform(*DEAD_S))
        primary.start()
        await until(primary.answers)
        await asyncio.to_thread(self.follow, primary, self.primary())

    async def _freeze(self, primary: Node, chance: random.Random) -> None:
        """It wakes up as a primary that nobody has told yet, with clients that still write to it."""
        primary.process.send_signal(signal.SIGSTOP)
        try:
            await until(lambda: self.primary() is not primary)
            await asyncio.sleep(chance.uniform(*DEAD_S))
        finally:
            primary.process.send_signal(signal.SIGCONT)
        await until(primary.answers)
        await asyncio.sleep(chance.uniform(*DEAD_S))
        await asyncio.to_thread(self.follow, primary, self.primary())

    @abstractmethod
    def primary(self) -> Node:
        """The node that everybody is told to write to."""

    @abstractmethod
    def follow(self, node: Node, primary: Node) -> None:
        """The node is now a replica of the primary."""

    def client(self) -> redis.Redis:
        return self.primary().client


class Watched(Group):
    """Watched by three Sentinels, two of which must agree."""

    async def open(self) -> str:
        ports = free_ports(5)
        self._nodes = [await self._node(f"node{number}", ports[number], *KEPT, *COPIED) for number in range(2)]
        self._known = self._nodes[0]
        self.follow(self._nodes[1], self._known)
        await until(_follows, self._nodes[1])
        self._sentinels = [await self._sentinel(port, ports[0]) for port in ports[2:]]
        for sentinel in self._sentinels:
            await until(lambda one=sentinel: one.client.execute_command("SENTINEL", "REPLICAS", SERVICE))
            await until(lambda one=sentinel: len(one.client.execute_command("SENTINEL", "SENTINELS", SERVICE)) == 2)
        return f"redis+sentinel://{','.join(one.address for one in self._sentinels)}/{SERVICE}"

    async def _sentinel(self, port: int, primary: int) -> Node:
        config = self.folder / f"sentinel{port}.conf"
        config.write_text(
            f"sentinel monitor {SERVICE} {HOST} {primary} 2\n"
            f"sentinel down-after-milliseconds {SERVICE} 800\n"
            f"sentinel failover-timeout {SERVICE} 3000\n"
        )
        return await self._node(f"sentinel{port}", port, str(config), "--sentinel")

    def primary(self) -> Node:
        """Whom all Sentinels name; until they agree, whom they named before."""
        named = [one.client.execute_command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE) for one in self._sentinels]
        ports = {int(address[1]) for address in named}
        self._known = next((node for node in self._nodes if ports == {node.port}), self._known)
        return self._known

    def follow(self, node: Node, primary: Node) -> None:
        node.client.execute_command("REPLICAOF", HOST, primary.port)


class Clustered(Group):
    """Three primaries, and a replica of the one that keeps the program."""

    async def open(self) -> str:
        nodes = await self._stack.enter_async_context(cluster(self.folder))
        first, *others = sorted(nodes, key=lambda node: node is not nodes[slot_of(PROGRAM) * len(nodes) // SLOTS])
        self._witness = others[0]
        port, bus = free_ports(2)
        alone = ("--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-port", str(bus))
        replica = await self._node("replica", port, *alone, *KEPT)
        self._pair = (first, replica)
        self._witness.client.execute_command("CLUSTER", "MEET", HOST, port, bus)
        name = first.client.execute_command("CLUSTER", "MYID").decode()
        await until(lambda: _knows(replica, name))
        replica.client.execute_command("CLUSTER", "REPLICATE", name)
        await until(_follows, replica)
        for node in self._pair:
            self.follow(node, first)
        return f"redis+cluster://{','.join(node.address for node in (*nodes, replica))}"

    def primary(self) -> Node:
        """Whom a node names that has no part in it."""
        slot = slot_of(PROGRAM)
        ranges = self._witness.client.execute_command("CLUSTER", "SLOTS")
        port = next(int(primary[1]) for first, last, primary, *_ in ranges if first <= slot <= last)
        return next(node for node in self._pair if node.port == port)

    def follow(self, node: Node, primary: Node) -> None:
        """It finds its place by itself, but its command line says nothing of its disk."""
        del primary
        for name, value in zip((*KEPT, *COPIED)[::2], (*KEPT, *COPIED)[1::2], strict=True):
            node.client.config_set(name.removeprefix("--"), value)


def _follows(node: Node) -> bool:
    try:
        told = node.client.info("replication")
    except redis.RedisError:
        return False  # it is reading its files
    return bool(told["role"] == "slave" and told["master_link_status"] == "up")


def _knows(node: Node, name: str) -> bool:
    return name.encode() in node.client.execute_command("CLUSTER", "NODES")
