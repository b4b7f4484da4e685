"""Mailboxes: once, in order, by whoever holds them."""

from __future__ import annotations

import pytest

from bot.model.event import Lane
from bot.runtime.store import Superseded
from bot.store import RedisStore
from tests.integration.store.scene import nothing_waits, receive, said, take, work_on


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
