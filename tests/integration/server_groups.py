"""Several servers that belong together: a Cluster of three primaries, and a primary with a replica and a Sentinel."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import redis

from bot.runtime.store import StoreTrouble
from bot.store import Keyring, RedisStore, new_key, open_store
from bot.store.embedded import binary

HOST = "127.0.0.1"
WITHIN_S = 30


def free_ports(count: int) -> list[int]:
    held = [socket.create_server((HOST, 0)) for _ in range(count)]
    try:
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


class Node:
    """One server process on a port of its own."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.port = port
        folder.mkdir()
        self._command = [binary(), *options, "--port", str(port), "--bind", HOST, "--dir", str(folder), "--save", ""]
        self.start()

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    def start(self) -> None:
        """Also again after a kill, over the same files."""
        self.process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = redis.Redis(port=self.port)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.client.close()

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False


async def until(condition, *arguments) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not await asyncio.to_thread(condition, *arguments):  # noqa: ASYNC110 - a server's state
            await asyncio.sleep(0.05)


@asynccontextmanager
async def alone(folder: Path) -> AsyncIterator[Node]:
    """One server, with its append-only file."""
    (port,) = free_ports(1)
    node = Node(folder, port, "--appendonly", "yes")
    try:
        await until(node.answers)
        yield node
    finally:
        node.kill()


async def until_well(act):
    """What a loop does: the same again until it works."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            try:
                return await act()
            except StoreTrouble:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def opened(url: str, program: str, **options) -> AsyncIterator[RedisStore]:
    store = open_store(url, program, Keyring.from_text(new_key()), **options)
    try:
        await until_well(store.prepare)
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def cluster(folder: Path) -> AsyncIterator[list[Node]]:
    """Three primaries, each with a third of the slots."""
    ports = free_ports(6)
    nodes = [
        Node(folder / f"node{number}", ports[number], "--cluster-enabled", "yes", "--cluster-node-timeout", "2000",
             "--cluster-port", str(ports[number + 3]), "--appendonly", "no")
        for number in range(3)
    ]  # fmt: skip
    try:
        for number, node in enumerate(nodes):
            await until(node.answers)
            first, last = number * 16_384 // 3, (number + 1) * 16_384 // 3 - 1
            node.client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
            node.client.execute_command("CLUSTER", "ADDSLOTSRANGE", first, last)
        for number in (1, 2):
            nodes[0].client.execute_command("CLUSTER", "MEET", HOST, ports[number], ports[number + 3])
        await until(lambda: all(_whole(node) for node in nodes))
        yield nodes
    finally:
        for node in nodes:
            node.kill()


def _whole(node: Node) -> bool:
    info = node.client.execute_command("CLUSTER", "INFO")
    text = info.decode() if isinstance(info, bytes) else "".join(f"{key}:{value} " for key, value in info.items())
    return "cluster_state:ok" in text and "cluster_known_nodes:3" in text


def move_slot(slot: int, source: Node, target: Node, others: list[Node]) -> None:
    """As an operator does who gives a node work of another."""
    begin_move(slot, source, target)
    while move_some(slot, source, target):
        pass
    end_move(slot, source, target, others)


def begin_move(slot: int, source: Node, target: Node) -> None:
    """From now on the source says ASK for what it does not have, and TRYAGAIN where keys lie on both."""
    ids = {node.port: node.client.execute_command("CLUSTER", "MYID").decode() for node in (source, target)}
    target.client.execute_command("CLUSTER", "SETSLOT", slot, "IMPORTING", ids[source.port])
    source.client.execute_command("CLUSTER", "SETSLOT", slot, "MIGRATING", ids[target.port])


def move_some(slot: int, source: Node, target: Node, count: int = 100) -> int:
    """Moves so many of the slot's keys; returns how many there were."""
    keys = source.client.execute_command("CLUSTER", "GETKEYSINSLOT", slot, count)
    if keys:
        source.client.execute_command("MIGRATE", HOST, target.port, "", 0, 5000, "KEYS", *keys)
    return len(keys)


def end_move(slot: int, source: Node, target: Node, others: list[Node]) -> None:
    name = target.client.execute_command("CLUSTER", "MYID").decode()
    for node in (target, source, *others):
        node.client.execute_command("CLUSTER", "SETSLOT", slot, "NODE", name)


@asynccontextmanager
async def watched_pair(folder: Path, password: str = "") -> AsyncIterator[tuple[Node, Node, Node]]:
    """Primary, replica, and the Sentinel that puts the replica in the primary's place; the service is `peers`. The
    Sentinel asks for the password, if there is one.
    """
    ports = free_ports(3)
    config = folder / "sentinel.conf"
    config.write_text(
        f"sentinel monitor peers {HOST} {ports[0]} 1\n"
        "sentinel down-after-milliseconds peers 500\n"
        "sentinel failover-timeout peers 3000\n" + (f"requirepass {password}\n" if password else "")
    )
    nodes: list[Node] = []
    try:
        nodes.append(Node(folder / "primary", ports[0], "--appendonly", "no"))
        await until(nodes[0].answers)
        nodes.append(Node(folder / "replica", ports[1], "--replicaof", HOST, str(ports[0]), "--appendonly", "no",
                          "--repl-diskless-sync-delay", "0"))  # fmt: skip
        await until(lambda: nodes[0].client.info("replication")["connected_slaves"] == 1)
        await until(lambda: nodes[1].client.info("replication")["master_link_status"] == "up")
        nodes.append(Node(folder / "sentinel", ports[2], str(config), "--sentinel"))
        nodes[2].client = redis.Redis(port=ports[2], password=password or None)
        await until(nodes[2].answers)
        await until(lambda: nodes[2].client.execute_command("SENTINEL", "REPLICAS", "peers"))
        yield nodes[0], nodes[1], nodes[2]
    finally:
        for node in nodes:
            node.kill()
