"""A program in a Cluster, and on a primary that Sentinels watch: it finds its server, also after that has changed."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from server_groups import HOST, Node, alone, cluster, move_slot, opened, until_well, watched_pair
from store_scene import NOW, address, parcel, receive, said, send, take, text_of, work_on

from bot.model.event import Lane
from bot.model.outgoing import SendText
from bot.runtime.store import StoreTrouble
from bot.runtime.transaction import Transaction
from bot.store import FaultyAddress, RedisStore
from bot.store.addressing import Ask, BySentinel, Fixed, InCluster, slot_of, whereabouts
from bot.store.connect import Server


async def one_round(store: RedisStore, text: str) -> None:
    """Through every part of the store."""

    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText(text))
        tx.start_timer("t", NOW, "p_b", tx.event.body)

    await receive(store, "p_a", text, lane=Lane.CRISIS)
    work = await take(store, Lane.CRISIS)
    assert said(work) == text
    await work_on(store, work, handler)
    current = await parcel(store)
    assert text_of(current) == text
    assert await store.outbox.sent(current, ("1",), NOW, go_on=True) is None
    assert await store.timers.fire(NOW) == 1
    await work_on(store, await take(store))


@pytest.mark.timeout(90)
async def test_a_program_lives_on_any_node_of_a_cluster_and_follows_its_slot(tmp_path: Path) -> None:
    async with cluster(tmp_path) as nodes:
        everywhere = ",".join(node.address for node in nodes)
        for number, node in enumerate(nodes):
            name = next(f"p{n}" for n in range(100) if slot_of(f"p{n}") * 3 // 16_384 == number)
            target, other = nodes[(number + 1) % 3], nodes[(number + 2) % 3]
            async with opened(f"redis+cluster://{everywhere}", name) as store:
                await one_round(store, "before")
                assert node.client.dbsize()
                await receive(store, "p_a", "across the move")
                work = await take(store)
                await asyncio.to_thread(move_slot, slot_of(name), node, target, [other])
                assert await work_on(store, work) is None
                await one_round(store, "after")


@pytest.mark.timeout(90)
async def test_a_program_follows_its_primary_through_a_failover(tmp_path: Path) -> None:
    async with watched_pair(tmp_path) as (primary, replica, sentinel):
        url = f"redis+sentinel://{HOST}:1,{sentinel.address}/peers"  # the first is not there, and is passed over
        async with opened(url, "program") as store:
            await one_round(store, "before")
            await send(store, "waits", chat="b", person="p_b")
            await receive(store, "p_a", "across the failover")
            primary.client.wait(1, 5_000)
            primary.kill()
            assert await until_well(partial(receive, store, "p_a", "after", key="student:after")) == 1
            assert replica.client.info("replication")["role"] == "master"
            (work,) = await until_well(partial(store.mailboxes.ready, Lane.NORMAL, 1, 0))
            following = await work_on(store, work)
            assert (said(work), said(following)) == ("across the failover", "after")
            (waiting,) = await until_well(partial(store.outbox.ready, Lane.NORMAL, 1, 0))
            assert text_of(waiting) == "waits"


def test_addresses_are_read_as_they_are_written() -> None:
    slot = slot_of("program")
    for url, found in {
        "redis://host:1/2": Fixed("redis://host:1/2"),
        "unix:///a/b": Fixed("unix:///a/b"),
        "redis+sentinel://u:p@a,b:2/peers": BySentinel(("redis://a:26379", "redis://b:2"), "redis://u:p@open", "peers"),
        "rediss+cluster://:p@a:1,b": InCluster(("rediss://:p@a:1", "rediss://:p@b:6379"), "rediss://:p@open", slot),
    }.items():
        assert whereabouts(url, "program") == found


@pytest.mark.parametrize("url", ["redis+sentinel://host:1", "redis+cluster://"])
def test_an_address_that_lacks_something_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(FaultyAddress) as refusal:
        whereabouts(url, "program")
    assert "host:1/" not in str(refusal.value)


def test_a_programs_keys_lie_in_the_slot_of_its_name() -> None:
    assert slot_of("123456789") == 12_739  # the example of the Cluster's own specification


class Turns:
    """Names one server after the other, as happens while one takes another's place."""

    def __init__(self, *nodes: Node) -> None:
        self._urls = [f"redis://{node.address}" for node in nodes]

    async def find(self, ask: Ask) -> str:
        del ask
        return self._urls.pop(0)


async def test_scripts_are_loaded_where_they_are_missed(tmp_path: Path) -> None:
    async with alone(tmp_path / "old") as old, alone(tmp_path / "new") as new:
        server = Server(Turns(old, new))
        try:
            assert await server.script("hold", ("lease",), ("we", 60_000)) == 1
            assert await server.script("hold", ("lease",), ("we", 60_000), durable=True) == 1
        finally:
            await server.close()
        assert new.client.get("lease") == b"we"


async def test_whoever_met_a_replica_still_waits_for_the_disk_of_the_primary(tmp_path: Path) -> None:
    async with alone(tmp_path / "node") as node:
        node.client.execute_command("REPLICAOF", HOST, "1")
        server = Server(Fixed(f"redis://{node.address}"))
        try:
            with pytest.raises(StoreTrouble):
                await server.script("hold", ("lease",), ("we", 60_000), durable=True)
            node.client.execute_command("REPLICAOF", "NO", "ONE")
            node.client.config_resetstat()
            assert await server.script("hold", ("lease",), ("we", 60_000), durable=True) == 1
        finally:
            await server.close()
        assert node.client.info("commandstats")["cmdstat_waitaof"]["failed_calls"] == 0
