"""A store that stands still for longer than anybody waits does later all that it was asked, also what was asked again
or done by others since: nothing is lost, doubled or out of order by it.
"""

from __future__ import annotations

import asyncio
import random
import signal

import msgspec
import pytest
from runtime_scene import FakePlatform, running, sender, worker
from store_scene import arrival

from bot.model.address import Address
from bot.model.event import Lane, TextSaid, TimerRang
from bot.model.outgoing import SendText
from bot.model.person import Person
from bot.runtime import lanes
from bot.runtime.clock import Clock
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Batch
from bot.runtime.transaction import Transaction
from bot.store import connect

PEOPLE, TEXTS, STILL = 8, 16, 4
STILL_S, PATIENCE_S = 0.7, 0.25
LONG, SHORT = 2_000, 500
"""Leases: longer and shorter than the store stands still."""
WITHIN_S = 40


async def handler(tx: Transaction) -> None:
    """Counts, answers, and sets a timer that is answered too: what is done twice shows."""
    body, person = tx.event.body, tx.event.person
    counter = await tx.person(f"counter of {person}") or Person(f"counter of {person}", 0)
    counter = msgspec.structs.replace(counter, created_at=counter.created_at + 1)
    tx.save(counter)
    if isinstance(body, TextSaid):
        tx.send(Address("test", "student", person), SendText(body.text))
        tx.start_timer(tx.event.id, tx.now, person, TimerRang("rang", data=body.text))
    if isinstance(body, TimerRang):
        tx.send(Address("test", "student", f"{person} rang"), SendText(f"{body.data}: {counter.created_at}"))


@pytest.mark.timeout(90)
@pytest.mark.parametrize("lease_ms", [LONG, SHORT])
async def test_a_store_that_stands_still_past_all_patience_does_nothing_twice(
    own_server, opener, monkeypatch: pytest.MonkeyPatch, lease_ms: int
) -> None:
    monkeypatch.setattr(connect, "REPLY_TIMEOUT_S", PATIENCE_S)
    monkeypatch.setattr(connect.Wire.__init__, "__defaults__", (PATIENCE_S,))
    for every in ("KEEP_EVERY_S", "RECLAIM_EVERY_S", "BLOCK_S"):
        monkeypatch.setattr(lanes, every, 0.1)
    stores = [opener(own_server.url, lease_ms=lease_ms) for _ in range(2)]
    await stores[0].prepare()
    platform, vitals = FakePlatform(), Vitals()
    texts = [f"text {number}" for number in range(TEXTS)]
    for number, text in enumerate(texts):
        batch = tuple(arrival(f"p_{person}", text) for person in range(PEOPLE))
        platform.batches.append(Batch(batch, str(number)))
    gateway = Gateway(stores[0].intake, platform, "student", lambda _: Lane.NORMAL, vitals)
    loops = [worker(store, handler, vitals=vitals) for store in stores]
    loops += [sender(store, platform) for store in stores]
    clock = Clock(stores[1].timers, Vitals(), now=wall_clock)
    chance = random.Random(7)  # noqa: S311
    assert own_server.process is not None
    async with running(gateway, clock, *loops):
        for _ in range(STILL):
            await asyncio.sleep(chance.random() * 0.3)
            own_server.process.send_signal(signal.SIGSTOP)
            await asyncio.sleep(STILL_S)
            own_server.process.send_signal(signal.SIGCONT)
        async with asyncio.timeout(WITHIN_S):
            while len(platform.sent) < 2 * PEOPLE * TEXTS:  # noqa: ASYNC110 - what is awaited is anything
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
    shown = platform.by_chat()
    for person in range(PEOPLE):
        assert shown[f"p_{person}"] == texts
        rang = [line.partition(": ") for line in shown[f"p_{person} rang"]]
        assert sorted(text for text, _, _ in rang) == sorted(texts)
        assert max(int(count) for _, _, count in rang) <= 2 * TEXTS
