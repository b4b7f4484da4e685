"""A line to the store that is slow and breaks in the middle of commands: nothing is lost and nothing doubled."""

from __future__ import annotations

import asyncio
import random

import msgspec
import pytest
from runtime_scene import FakePlatform, running, sender, until, worker
from store_scene import arrival
from tcp_proxy import Proxy

from bot.model.address import Address
from bot.model.event import Lane, TextSaid
from bot.model.outgoing import SendText
from bot.model.person import Person
from bot.runtime.clock import Clock
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Batch
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

PEOPLE, TEXTS, CUTS = 6, 15, 12


async def handler(tx: Transaction) -> None:
    body = tx.event.body
    assert isinstance(body, TextSaid)
    person = await tx.person(tx.event.person) or Person(tx.event.person, 0)
    tx.save(msgspec.structs.replace(person, created_at=person.created_at + 1))
    number = person.created_at + 1
    lane = Lane.CRISIS if body.text.endswith("0") else Lane.NORMAL
    tx.send(Address("test", "student", tx.event.person), SendText(f"{number}: {body.text}"), lane=lane)


@pytest.mark.timeout(60)
async def test_a_slow_line_that_breaks_all_the_time_loses_doubles_and_reorders_nothing(
    store: RedisStore, server, opener
) -> None:
    proxy = Proxy(server.socket, seed=3)
    await proxy.open()
    proxy.delay_s = 0.005
    slow = opener(proxy.url)
    platform = FakePlatform()
    texts = [f"text {number}" for number in range(TEXTS)]
    platform.batches = [Batch(tuple(arrival(f"p_{person}", text) for person in range(PEOPLE)), text) for text in texts]
    chance = random.Random(5)  # noqa: S311
    vitals = Vitals()
    loops = (
        Gateway(slow.intake, platform, "student", lambda _: Lane.NORMAL, vitals),
        worker(slow, handler, vitals=vitals),
        sender(slow, platform, vitals=vitals),
        Clock(slow.timers, vitals, now=wall_clock),
    )
    try:
        async with running(*loops):
            for _ in range(CUTS):
                await asyncio.sleep(0.05 + chance.random() * 0.25)
                proxy.cut()
            proxy.delay_s = 0.0
            await until(lambda: sum(map(len, platform.by_chat().values())) >= PEOPLE * TEXTS)
            await asyncio.sleep(0.3)
    finally:
        await slow.close()
        await proxy.close()
    assert proxy.cuts > CUTS
    expected = [f"{number}: {text}" for number, text in enumerate(texts, start=1)]
    assert platform.by_chat() == {f"p_{person}": expected for person in range(PEOPLE)}
    assert vitals.counts["updates"] + vitals.counts["updates repeated"] == PEOPLE * TEXTS
