"""An event is followed by its id from the update to the send, and what happens to it is counted."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

import pytest
from runtime_scene import FakePlatform, running, sender, until, worker
from store_scene import arrival

from bot.app.triage import AT_WORK, timed
from bot.casework.settings import Settings
from bot.content import Content, load
from bot.model.address import Address, Side
from bot.model.event import Body, CommandGiven, Event, Lane, MediaKind, MediaSent, TextSaid
from bot.model.outgoing import SendText
from bot.runtime.loop import Vitals
from bot.runtime.measures import COMMIT, EVENTS, SCREENING, SEND_WAIT, SENDS
from bot.runtime.platform import Arrival
from bot.runtime.transaction import Transaction
from bot.store import RedisStore
from handlers import Dispatcher

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


class Contents:
    current: Content = load(Path(__file__).parents[3] / "flows", ("id", "en"))

    def edition(self, _: str) -> Content | None:
        return self.current


async def test_every_text_that_a_handler_judges_is_timed(store: RedisStore) -> None:
    vitals = Vitals()
    handler = Dispatcher(Contents(), Settings(), lambda *_: None, functools.partial(timed, vitals.measures, AT_WORK))
    said: list[Body] = [
        CommandGiven("start", "", "1"),
        TextSaid("halo", "2"),
        TextSaid("aku capek", "3"),
        MediaSent(MediaKind.PHOTO, "4", caption="kamarku"),
        CommandGiven("stop", "", "5"),
    ]
    person, address = store.keyring.person_id("test", "7"), Address("test", "student", "7")
    events = [Event(f"event_{number}", person, 1, body, Side.STUDENT, address) for number, body in enumerate(said)]
    await store.intake.receive([(Arrival(event.id, event), Lane.NORMAL) for event in events])
    async with running(worker(store, handler, vitals=vitals)):
        await until(lambda: vitals.measures.tallies[EVENTS, ("normal",)] == len(said))
    assert sum(vitals.measures.timings[SCREENING, (AT_WORK,)].by_bucket) == 3
