"""Timers ring once, when they are due, whoever rings them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from store_scene import NOW, address, just_before, nothing_waits, receive, take, work_on

from bot.model.event import Lane, TimerRang
from bot.model.outgoing import SendText
from bot.runtime.transaction import Transaction
from bot.store import RedisStore


async def do(store: RedisStore, act: Callable[[Transaction], None]) -> None:
    async def handler(tx: Transaction) -> None:
        act(tx)

    await receive(store, "p_setter")
    await work_on(store, await take(store), handler)


async def rang(store: RedisStore, lane: Lane = Lane.NORMAL) -> list[tuple[str, str]]:
    found = []
    for work in await store.mailboxes.ready(lane, 10, 0):
        current = work
        while current is not None:
            assert current.event is not None
            assert isinstance(current.event.body, TimerRang)
            found.append((current.event.person, current.event.body.name))
            current = await work_on(store, current)
    return found


async def test_a_timer_rings_when_it_is_due_and_not_before(store: RedisStore) -> None:
    await do(store, lambda tx: tx.start_timer("t", NOW + 10, "p_a", TimerRang("t", "case_a")))
    assert await store.timers.fire(NOW + 9) == 0
    assert await nothing_waits(store)
    assert await store.timers.fire(NOW + 10) == 1
    assert await rang(store) == [("p_a", "t")]
    assert await store.timers.fire(NOW + 10) == 0


async def test_two_clocks_ring_a_timer_once(store: RedisStore, opener) -> None:
    clocks = [store, opener(), opener()]
    for number in range(30):
        await do(store, lambda tx, n=number: tx.start_timer(f"t{n}", NOW, f"p_{n}", TimerRang(f"t{n}")))
    counts = await asyncio.gather(*(clock.timers.fire(NOW) for clock in clocks))
    assert sum(counts) == 30
    assert sum([len(await rang(store)) for _ in range(3)]) == 30


async def test_a_timer_started_again_rings_only_at_the_new_time(store: RedisStore) -> None:
    await do(store, lambda tx: tx.start_timer("t", NOW, "p_a", TimerRang("old")))
    await do(store, lambda tx: tx.start_timer("t", NOW + 50, "p_a", TimerRang("new")))
    assert await store.timers.fire(NOW + 10) == 0
    assert await store.timers.fire(NOW + 50) == 1
    assert await rang(store) == [("p_a", "new")]


async def test_a_stopped_timer_does_not_ring(store: RedisStore) -> None:
    await do(store, lambda tx: tx.start_timer("t", NOW, "p_a", TimerRang("t")))
    await do(store, lambda tx: tx.stop_timer("t"))
    await do(store, lambda tx: tx.stop_timer("never started"))
    assert await store.timers.fire(NOW) == 0
    assert (await store.admin.health()).timers == 0


async def test_a_timer_started_and_stopped_in_one_transaction_does_not_ring(store: RedisStore) -> None:
    def both(tx: Transaction) -> None:
        tx.start_timer("t", NOW, "p_a", TimerRang("t"))
        tx.stop_timer("t")

    await do(store, both)
    assert await store.timers.fire(NOW) == 0


async def test_a_timer_that_a_crisis_started_rings_in_the_crisis_lane(store: RedisStore) -> None:
    def alarm(tx: Transaction) -> None:
        tx.send(address(), SendText("somebody needs you"), lane=Lane.CRISIS)
        tx.start_timer("alarm", NOW, "p_a", TimerRang("alarm"))

    await do(store, alarm)
    await store.timers.fire(NOW)
    assert await rang(store, Lane.CRISIS) == [("p_a", "alarm")]


async def test_a_timer_that_cannot_be_read_does_not_hold_up_the_others(store: RedisStore, server, program) -> None:
    await do(store, lambda tx: tx.start_timer("a", NOW, "p_a", TimerRang("a")))
    await do(store, lambda tx: tx.start_timer("b", NOW, "p_a", TimerRang("b")))
    with server.client() as client:
        client.hset(f"sb:{{{program}}}:timer-bodies", "a", b"damaged")
    assert await store.timers.fire(NOW) == 1
    assert await rang(store) == [("p_a", "b")]


async def test_a_timer_replaced_while_a_clock_rings_it_rings_as_the_new_one(store: RedisStore, monkeypatch) -> None:
    await do(store, lambda tx: tx.start_timer("t", NOW, "p_a", TimerRang("old")))
    just_before(monkeypatch, "fire", lambda: do(store, lambda tx: tx.start_timer("t", NOW, "p_a", TimerRang("new"))))
    assert await store.timers.fire(NOW) == 0
    assert await store.timers.fire(NOW) == 1
    assert await rang(store) == [("p_a", "new")]
