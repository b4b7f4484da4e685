"""What the health check is told of who waits is what the store holds, those set aside included."""

from __future__ import annotations

import asyncio

import pytest
from store_scene import NOW, parcel, receive, send, take, work_on

from bot.model.address import Address, Side
from bot.model.case import Case, Party, State
from bot.model.event import Lane
from bot.model.level import Flag, Level
from bot.model.person import Person, Role, Staff
from bot.runtime.loop import wall_clock
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

PARTY = Party("p_x", Side.STUDENT, Address("test", "student", "1"), "Biru", "id")


def case(name: str, *flags: Flag) -> Case:
    since = wall_clock() - 60_000
    return Case(name, State.QUEUED, since, since, Level.RED, "", PARTY, frozenset(flags))


async def test_nothing_waits_in_an_empty_store(store: RedisStore) -> None:
    found = await store.watcher.look()
    assert (found.mailbox_ages, found.outbox_ages, found.unclaimed) == ({}, {}, 0)


async def test_the_age_of_the_oldest_mailbox_grows_by_lane(store: RedisStore) -> None:
    await receive(store, "p_x", lane=Lane.CRISIS)
    await asyncio.sleep(0.05)
    found = await store.watcher.look()
    assert set(found.mailbox_ages) == {Lane.CRISIS}
    assert 50 <= found.mailbox_ages[Lane.CRISIS] < 5_000


async def test_a_message_that_is_set_aside_until_its_next_attempt_still_counts(store: RedisStore) -> None:
    await send(store, "halo")
    await store.outbox.later(await parcel(store), wall_clock() + 60_000, failed=True)
    found = await store.watcher.look()
    assert set(found.outbox_ages) == {Lane.NORMAL}


async def test_unclaimed_crises_are_counted_without_drills_and_duty_by_role(store: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        for each in (case("c_1"), case("c_2", Flag.DRILL)):
            tx.save(each)
        roles = frozenset({Role.COUNSELOR, Role.SUPPORTER})
        tx.save(Person("p_s", NOW, staff=Staff(roles, "Rina", on_duty=True)))
        tx.save(Person("p_t", NOW, staff=Staff(roles, "Tono")))

    await receive(store, "p_x")
    await work_on(store, await take(store), handler)
    found = await store.watcher.look()
    assert (found.unclaimed, found.counselors_on_duty, found.supporters_on_duty) == (1, 1, 1)
    assert found.oldest_unclaimed_ms == pytest.approx(60_000, abs=5_000)
