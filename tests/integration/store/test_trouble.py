"""A store that is down, full, read-only or new-born is normal weather: nothing is lost, nothing half done."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio.connection import AbstractConnection
from store_scene import NOW, address, nothing_waits, parcel, receive, said, send, take, text_of, work_on

from bot.model.event import Lane, TimerRang
from bot.model.outgoing import SendText
from bot.model.person import Person
from bot.runtime.store import StoreTrouble, Superseded
from bot.runtime.transaction import Transaction
from bot.store import Keyring, RedisStore, WrongKey, connect, new_key, open_store


@pytest.fixture
async def own_store(own_server, opener) -> RedisStore:
    made = opener(own_server.url)
    await made.prepare()
    return made


async def until_well(act) -> object:
    """What a loop does: the same again until it works."""
    for _ in range(200):
        try:
            return await act()
        except StoreTrouble:
            await asyncio.sleep(0.01)
    raise AssertionError("the trouble did not pass")


async def test_a_full_store_takes_nothing_in_works_off_what_it_has_and_recovers(own_server, own_store) -> None:
    async def handler(tx: Transaction) -> None:
        tx.save(Person("p_a", NOW))
        tx.send(address(), SendText("answer"))

    await receive(own_store, "p_a", "before")
    with own_server.client() as client:
        client.config_set("maxmemory", "1mb")
        client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)
        keys = sorted(client.keys("*"))
        with pytest.raises(StoreTrouble):
            await receive(own_store, "p_b", "while full")
        with pytest.raises(StoreTrouble):
            await receive(own_store, "p_b", "while full", lane=Lane.CRISIS)
        assert sorted(client.keys("*")) == keys
        assert await work_on(own_store, await take(own_store), handler) is None
        assert await own_store.outbox.sent(await parcel(own_store), ("1",), NOW, go_on=True) is None
        client.config_set("maxmemory", 0)
    assert await receive(own_store, "p_b", "after") == 1
    assert said(await take(own_store)) == "after"


async def test_a_timer_rings_once_while_the_store_is_full_and_what_it_asks_for_is_done(own_server, own_store) -> None:
    """Nobody in a crisis waits in silence because of it: the alarm goes on widening."""

    async def starts(tx: Transaction) -> None:
        tx.start_timer("t", NOW, "p_a", TimerRang("alarm"))

    async def calls(tx: Transaction) -> None:
        tx.send(address(), SendText("alert"), lane=Lane.CRISIS)

    await receive(own_store, "p_a")
    await work_on(own_store, await take(own_store), starts)
    with own_server.client() as client:
        client.config_set("maxmemory", "1mb")
        client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)
        assert await own_store.timers.fire(NOW) == 1
        assert await work_on(own_store, await take(own_store), calls) is None
        assert text_of(await parcel(own_store, Lane.CRISIS)) == "alert"
        client.config_set("maxmemory", 0)
    assert await own_store.timers.fire(NOW) == 0


async def test_a_read_only_store_is_trouble_and_loses_nothing(own_server, own_store) -> None:
    await receive(own_store, "p_a", "before")
    work = await take(own_store)
    with own_server.client() as client:
        client.replicaof("127.0.0.1", "1")
        with pytest.raises(StoreTrouble):
            await receive(own_store, "p_a", "meanwhile")
        with pytest.raises(StoreTrouble):
            await work_on(own_store, work)
        with pytest.raises(StoreTrouble):
            await own_store.mailboxes.ready(Lane.NORMAL, 10, 0)
        client.replicaof("NO", "ONE")
    assert await work_on(own_store, work) is None


async def test_a_store_that_forgot_its_scripts_gets_them_again(store: RedisStore, server) -> None:
    await receive(store, "p_a", "one")
    with server.client() as client:
        client.script_flush()
    assert await work_on(store, await take(store)) is None


async def test_a_store_that_was_emptied_works_again(own_server, own_store) -> None:
    await receive(own_store, "p_a", "gone with the rest")
    work = await take(own_store)
    with own_server.client() as client:
        client.flushall()
    assert await nothing_waits(own_store)
    assert not await own_store.mailboxes.reclaim(Lane.NORMAL, 1)
    with pytest.raises(Superseded):
        await work_on(own_store, work)
    await receive(own_store, "p_a", "one")
    assert said(await take(own_store)) == "one"


async def test_a_lane_that_lost_its_group_is_worked_again(store: RedisStore, server, program) -> None:
    await receive(store, "p_a", "one")
    work = await take(store)
    with server.client() as client:
        client.xgroup_destroy(f"sb:{{{program}}}:ready:normal", "workers")
    with pytest.raises(StoreTrouble):
        await work_on(store, work)
    assert await nothing_waits(store)
    again = await take(store)
    assert said(again) == "one"
    assert await work_on(store, again) is None


async def test_a_store_killed_and_started_again_has_all_that_was_acknowledged(own_server, own_store) -> None:
    await receive(own_store, "p_a", "one")
    work = await take(own_store)
    await send(own_store, "hello", person="p_b")
    own_server.kill()
    with pytest.raises(StoreTrouble):
        await receive(own_store, "p_a", "two", key="student:two")
    own_server.start()
    assert await until_well(lambda: receive(own_store, "p_a", "two", key="student:two")) == 1
    assert said(await work_on(own_store, work)) == "two"
    assert text_of(await parcel(own_store)) == "hello"


async def test_a_commit_whose_answer_was_lost_is_not_done_twice(store: RedisStore, monkeypatch) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("answer"))

    async def lost(connection: AbstractConnection) -> object:
        await connection.read_response()
        raise ConnectionError("the answer was lost")

    await receive(store, "p_a", "one")
    work = await take(store)
    with monkeypatch.context() as broken:
        broken.setattr(connect, "_read", lost)
        with pytest.raises(StoreTrouble):
            await work_on(store, work, handler)
    with pytest.raises(Superseded):
        await work_on(store, work, handler)
    assert await store.mailboxes.look_again(work) is None
    answer = await parcel(store)
    assert text_of(answer) == "answer"
    assert await store.outbox.sent(answer, (), NOW, go_on=True) is None


async def test_a_crisis_waits_for_the_disk_where_the_store_can(own_server, own_store) -> None:
    await receive(own_store, "p_a", "help", lane=Lane.CRISIS)
    with own_server.client() as client:
        if client.info("server")["redis_version"].startswith("7.0"):
            pytest.skip("this server is too old to wait for its disk")
        assert client.info("commandstats")["cmdstat_waitaof"]["calls"] > 1


async def test_a_crisis_is_taken_where_the_store_cannot_wait_for_its_disk(own_server, own_store) -> None:
    await receive(own_store, "p_a", "before", lane=Lane.CRISIS)
    with own_server.client() as client:
        client.config_set("appendonly", "no")
    assert await receive(own_store, "p_a", "help", lane=Lane.CRISIS) == 1


async def test_a_wrong_key_is_noticed_at_the_start(store: RedisStore, server, program) -> None:
    stranger = open_store(server.url, program, Keyring.from_text(new_key()))
    with pytest.raises(WrongKey, match="SEBAYA_KEY"):
        await stranger.prepare()
    await stranger.close()


async def test_a_new_key_in_front_keeps_what_the_old_one_sealed(server, program) -> None:
    old, new = new_key(), new_key()
    before = open_store(server.url, program, Keyring.from_text(old))
    await before.prepare()
    await receive(before, before.keyring.person_id("test", "1"), "sealed with the old key")
    await before.close()
    after = open_store(server.url, program, Keyring.from_text(f"{new},{old}"))
    await after.prepare()
    work = await take(after)
    assert said(work) == "sealed with the old key"
    assert work.ticket.line == after.keyring.person_id("test", "1")
    await after.close()


async def test_no_word_and_no_platform_id_is_in_the_stores_files_or_keys(own_server, own_store) -> None:
    phrase, chat, name = "rahasia-yang-ditanam", "987654321012", "p_planted"

    async def handler(tx: Transaction) -> None:
        tx.save(Person("p_planted", NOW))
        tx.send(address(chat), SendText(phrase, ref="ref_x"))
        tx.start_timer("t", NOW + 10, "p_planted", tx.event.body)
        tx.post("p_planted", tx.event.body)

    await receive(own_store, name, phrase)
    await work_on(own_store, await take(own_store), handler)
    await own_store.outbox.sent(await parcel(own_store), (chat,), NOW, go_on=True)
    with own_server.client() as client:
        keys = b" ".join(client.keys("*"))
    stored = b"".join(path.read_bytes() for path in own_server.folder.rglob("*.aof"))
    assert b"p_planted" in stored  # the right files were read
    for planted in (phrase, chat):
        assert planted.encode() not in stored + keys
