"""Mailboxes: once, in order, by whoever holds them."""

from __future__ import annotations

import asyncio

import pytest
from store_scene import nothing_waits, receive, said, take, work_on

from bot.model.event import Lane
from bot.runtime.store import Superseded
from bot.store import RedisStore


async def test_a_duplicate_update_takes_effect_once(store: RedisStore) -> None:
    assert await receive(store, "p_a", "first", key="student:1") == 1
    assert await receive(store, "p_a", "first", key="student:1") == 0
    assert await work_on(store, await take(store)) is None
    assert await receive(store, "p_a", "first", key="student:1") == 0
    assert await nothing_waits(store)


async def test_a_persons_events_are_worked_in_order(store: RedisStore) -> None:
    for text in ("one", "two", "three"):
        await receive(store, "p_a", text)
    work = await take(store)
    assert said(work) == "one"
    await receive(store, "p_a", "four")
    heard = []
    following = await work_on(store, work)
    while following is not None:
        heard.append(said(following))
        following = await work_on(store, following)
    assert heard == ["two", "three", "four"]
    assert await nothing_waits(store)


async def test_a_mailbox_in_hand_is_given_to_nobody_else(store: RedisStore) -> None:
    await receive(store, "p_a", "one")
    work = await take(store)
    await receive(store, "p_a", "two")
    assert await nothing_waits(store)
    assert said(await work_on(store, work)) == "two"


async def test_a_mailbox_that_gives_way_goes_behind_the_others(store: RedisStore) -> None:
    for person in ("p_a", "p_a", "p_b"):
        await receive(store, person, person)
    works = await store.mailboxes.ready(Lane.NORMAL, 1, 0)
    assert await work_on(store, works[0], go_on=False) is None
    order = [work.ticket.line for work in await store.mailboxes.ready(Lane.NORMAL, 10, 0)]
    assert order == ["p_b", "p_a"]


async def test_an_event_whose_worker_is_superseded_is_worked_by_the_other_only(store: RedisStore, opener) -> None:
    frozen = store
    other = opener(lease_ms=0)
    await receive(frozen, "p_a", "one")
    work = await take(frozen)
    taken = await other.mailboxes.reclaim(Lane.NORMAL, 10)
    assert [said(one) for one in taken] == ["one"]
    with pytest.raises(Superseded):
        await work_on(frozen, work)
    assert await work_on(other, taken[0]) is None
    with pytest.raises(Superseded):
        await work_on(frozen, work)
    assert await nothing_waits(frozen)


async def test_a_worker_that_lives_keeps_its_mailbox_however_long_it_works(store: RedisStore, opener) -> None:
    other = opener(lease_ms=200)
    await receive(store, "p_a", "one")
    work = await take(store)
    for _ in range(4):
        await asyncio.sleep(0.1)
        await store.mailboxes.keep([work])
        assert not await other.mailboxes.reclaim(Lane.NORMAL, 10)
    assert await work_on(store, work) is None


async def test_a_sign_of_life_does_not_take_a_mailbox_back_from_whoever_took_it_over(store: RedisStore, opener) -> None:
    other = opener(lease_ms=0)
    await receive(store, "p_a", "one")
    work = await take(store)
    taken = await other.mailboxes.reclaim(Lane.NORMAL, 10)
    await store.mailboxes.keep([work])
    assert await work_on(other, taken[0]) is None


async def test_a_crisis_moves_a_waiting_mailbox_into_the_crisis_lane(store: RedisStore) -> None:
    for person in ("p_a", "p_b"):
        await receive(store, person, "hello")
    await receive(store, "p_b", "help", lane=Lane.CRISIS)
    crisis = await take(store, Lane.CRISIS)
    assert said(crisis) == "hello"
    assert said(await work_on(store, crisis)) == "help"
    assert (await take(store)).ticket.line == "p_a"


async def test_a_crisis_for_a_mailbox_in_hand_stays_there_and_what_remains_goes_to_the_crisis_lane(
    store: RedisStore,
) -> None:
    await receive(store, "p_a", "hello")
    work = await take(store)
    await receive(store, "p_a", "help", lane=Lane.CRISIS)
    await receive(store, "p_a", "please")
    assert await nothing_waits(store, Lane.CRISIS)
    assert await work_on(store, work, go_on=False) is None
    assert await nothing_waits(store)
    crisis = await take(store, Lane.CRISIS)
    assert said(crisis) == "help"
    assert said(await work_on(store, crisis)) == "please"


async def test_a_mailbox_is_scheduled_once_however_much_arrives(store: RedisStore) -> None:
    for lane in (Lane.NORMAL, Lane.CRISIS, Lane.NORMAL, Lane.CRISIS):
        await receive(store, "p_a", "hello", lane=lane)
    assert (await store.admin.health()).mailboxes == {Lane.CRISIS: 1, Lane.NORMAL: 0, Lane.BULK: 0}


async def test_a_mailbox_that_is_empty_again_leaves_nothing_behind(store: RedisStore, server, program) -> None:
    await receive(store, "p_a", "hello")
    await work_on(store, await take(store))
    with server.client() as client:
        kept = {key.decode().split("}:")[1] for key in client.scan_iter(match=f"sb:{{{program}}}:*")}
    streams = {f"{name}:{lane.value}" for name in ("ready", "send") for lane in Lane}
    assert {key for key in kept if not key.startswith("seen")} == streams | {"probe"}


async def test_an_event_that_cannot_be_read_is_kept_aside_and_does_not_block_the_mailbox(
    store: RedisStore, server, program
) -> None:
    await receive(store, "p_a", "broken")
    await receive(store, "p_a", "next")
    with server.client() as client:
        client.lset(f"sb:{{{program}}}:mail:p_a", 0, b"markmark" + b"nothing that we sealed")
    work = await take(store)
    assert work.event is None
    assert said(await store.mailboxes.bury(work, "unreadable")) == "next"
    assert (await store.admin.health()).poison == 1


async def test_ten_people_who_press_at_once_are_each_heard_once_by_two_workers(store: RedisStore, opener) -> None:
    stores = [store, opener()]
    people = [f"p_{number}" for number in range(10)]
    for text in ("one", "two"):
        for person in people:
            await receive(store, person, text)
    heard: list[tuple[str, str]] = []

    async def work_all(one: RedisStore) -> None:
        while works := await one.mailboxes.ready(Lane.NORMAL, 1, 0):
            current = works[0]
            while current is not None:
                heard.append((current.ticket.line, said(current)))
                current = await work_on(one, current)

    await asyncio.gather(*(work_all(one) for one in stores))
    assert sorted(heard) == sorted((person, text) for person in people for text in ("one", "two"))
    assert all(heard.index((person, "one")) < heard.index((person, "two")) for person in people)


async def test_an_event_that_was_committed_is_not_committed_again_by_the_same_hand(store: RedisStore) -> None:
    for text in ("one", "two"):
        await receive(store, "p_a", text)
    work = await take(store)
    following = await work_on(store, work)
    with pytest.raises(Superseded):
        await work_on(store, work)
    assert said(following) == "two"
    assert said(await store.mailboxes.look_again(work)) == "two"
