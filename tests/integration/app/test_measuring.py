"""An event is followed by its id from the update to the send, and what happens to it is counted."""

from __future__ import annotations

import logging

import pytest
from runtime_scene import FakePlatform, running, sender, until, worker
from store_scene import arrival

from bot.model.address import Address
from bot.model.event import Lane
from bot.model.outgoing import SendText
from bot.runtime.loop import Vitals
from bot.runtime.measures import COMMIT, EVENTS, SEND_WAIT, SENDS
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

SECRET_WORDS = "aku capek sekali"


async def answer(tx: Transaction) -> None:
    tx.send(Address("test", "student", "4711"), SendText("jawaban rahasia"), lane=Lane.CRISIS)


@pytest.mark.parametrize(("lane", "level"), [(Lane.CRISIS, logging.INFO), (Lane.NORMAL, logging.DEBUG)])
async def test_the_log_follows_an_event_from_its_work_to_its_send(
    store: RedisStore, caplog: pytest.LogCaptureFixture, lane: Lane, level: int
) -> None:
    caplog.set_level(level)
    platform, vitals = FakePlatform(), Vitals()
    arrived = arrival("p_x", SECRET_WORDS)
    await store.intake.receive([(arrived, lane)])
    async with running(worker(store, answer, vitals=vitals), sender(store, platform, vitals=vitals)):
        await until(lambda: vitals.measures.tallies[SENDS, ("crisis", "taken")])
    lines = [record for record in caplog.records if vars(record).get("event_id") == arrived.event.id]
    assert [record.getMessage() for record in lines] == ["worked", "sent"]
    assert SECRET_WORDS not in caplog.text
    assert "4711" not in caplog.text
    assert vitals.measures.tallies[EVENTS, (lane.value,)] == 1
    assert sum(vitals.measures.timings[COMMIT, (lane.value,)].by_bucket) == 1
    assert sum(vitals.measures.timings[SEND_WAIT, ("crisis",)].by_bucket) == 1
