"""The web port tells whoever watches over the bot how it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.app.library import Library
from bot.app.pulse import PulseTaker
from bot.app.reporting import Reporting
from bot.config.loading import PROJECT
from bot.console import PortTaken, WebPort
from bot.model.event import Lane
from bot.runtime.loop import Silence, Vitals
from bot.runtime.measures import ALERTED, UPDATES
from bot.runtime.store import StoreTrouble
from bot.store import StoreHealth, Watch


class Admin:
    """A store's admin in good or bad health."""

    def __init__(self) -> None:
        self.trouble = ""

    async def health(self) -> StoreHealth:
        if self.trouble:
            raise StoreTrouble(self.trouble)
        return StoreHealth(1.5, {Lane.CRISIS: 2}, {Lane.NORMAL: 3}, 4, 5, 6, 7)


class Watcher:
    """What the store says of who waits."""

    def __init__(self) -> None:
        self.mailbox_ages = {Lane.NORMAL: 1_500}

    async def look(self) -> Watch:
        return Watch(self.mailbox_ages, {Lane.CRISIS: 2_000}, 1, 61_000, 3, 2, 4)


class Reports:
    """What other processes have told."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def tell(self, process: str, report: bytes, now: int) -> None:
        del now
        self.kept[process] = report

    async def told(self, now: int) -> dict[str, bytes]:
        del now
        return self.kept


class Scene:
    def __init__(self) -> None:
        self.reports = Reports()
        self.admin, self.watcher, self.vitals = Admin(), Watcher(), Vitals()
        shelf: Any = None
        self.pulse = PulseTaker(
            "web-1", self.vitals, self.admin, self.watcher, self.reports, Library(PROJECT, ("id",), shelf)
        )
        self.port = WebPort("127.0.0.1", 0, self.pulse)

    async def get(self, path: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.port.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return response.status, await response.text()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = Scene()
    scene.pulse.began = True
    await scene.port.open()
    yield scene
    await scene.port.close()


async def test_a_bot_that_is_well_answers_200_with_its_numbers(scene: Scene) -> None:
    scene.vitals.turn("clock")
    scene.vitals.counts["sends given up: blocked"] += 1
    status, text = await scene.get("/healthz")
    assert status == 200
    assert '"mailboxes_crisis": 2' in text
    assert '"clock"' in text
    assert '"sends_given_up:_blocked": 1' in text


async def test_a_bot_whose_loops_have_not_begun_is_not_well_yet(scene: Scene) -> None:
    scene.pulse.began = False
    assert (await scene.get("/healthz"))[0] == 503


async def test_a_store_that_does_not_answer_makes_503(scene: Scene) -> None:
    scene.admin.trouble = "gone"
    status, text = await scene.get("/healthz")
    assert status == 503
    assert "store: gone" in text


async def test_a_loop_in_trouble_makes_503(scene: Scene) -> None:
    scene.vitals.troubles["gateway"] = "limits"
    assert (await scene.get("/healthz"))[0] == 503


async def test_a_loop_that_has_long_been_silent_makes_503(scene: Scene) -> None:
    scene.vitals.turns["worker normal"] = -1e6
    status, text = await scene.get("/healthz")
    assert status == 503
    assert "worker normal: silent" in text


async def test_a_line_that_nobody_works_makes_503_in_a_process_that_only_serves_the_web(scene: Scene) -> None:
    scene.watcher.mailbox_ages = {Lane.CRISIS: 15_100}
    status, text = await scene.get("/healthz")
    assert status == 503
    assert "mailboxes_crisis: the oldest waits for 15 s: does a worker run?" in text


async def test_metrics_are_in_prometheus_notation(scene: Scene) -> None:
    scene.vitals.counts["updates"] += 2
    status, text = await scene.get("/metrics")
    assert status == 200
    assert "sebaya_up 1.0" in text
    assert 'sebaya_done_total{what="updates"} 2.0' in text
    assert 'sebaya_waiting{where="dead_letters"} 7.0' in text


async def test_metrics_are_told_even_when_the_store_is_gone(scene: Scene) -> None:
    scene.admin.trouble = "gone"
    status, text = await scene.get("/metrics")
    assert status == 200
    assert "sebaya_up 0.0" in text


async def test_a_taken_port_is_an_error_with_a_remedy(scene: Scene) -> None:
    with pytest.raises(PortTaken, match=r"web\.port"):
        await WebPort("127.0.0.1", scene.port.port, scene.pulse).open()


async def test_ages_duty_and_the_way_of_a_crisis_are_told(scene: Scene) -> None:
    scene.vitals.measures.count(UPDATES, "student", "TextSaid", by=3)
    scene.vitals.measures.took(ALERTED, 4.0, "no")
    scene.vitals.measures.took(ALERTED, 9_999.0, "no")
    _, text = await scene.get("/metrics")
    for line in (
        'sebaya_oldest_seconds{where="mailboxes_normal"} 1.5',
        'sebaya_oldest_seconds{where="chats_crisis"} 2.0',
        'sebaya_oldest_seconds{where="unclaimed_crisis"} 61.0',
        'sebaya_people{who="counselors_on_duty"} 2.0',
        'sebaya_updates_total{bot="student",kind="TextSaid",process="web-1"} 3.0',
        'sebaya_crisis_alerted_seconds_bucket{drill="no",le="2.0",process="web-1"} 0.0',
        'sebaya_crisis_alerted_seconds_bucket{drill="no",le="5.0",process="web-1"} 1.0',
        'sebaya_crisis_alerted_seconds_bucket{drill="no",le="+Inf",process="web-1"} 2.0',
        'sebaya_crisis_alerted_seconds_count{drill="no",process="web-1"} 2.0',
    ):
        assert line in text


async def test_a_platform_that_does_not_answer_makes_503_after_a_while_and_is_forgotten_when_it_does(
    scene: Scene,
) -> None:
    scene.vitals.unanswered("student", "no-connection")
    assert (await scene.get("/healthz"))[0] == 200
    first = scene.vitals.silences["student"]
    scene.vitals.silences["student"] = Silence(first.why, first.since - 60, first.last)
    status, text = await scene.get("/healthz")
    assert status == 503
    assert "platform of student: no answer for 60 s: no-connection" in text
    scene.vitals.answered("student")
    assert (await scene.get("/healthz"))[0] == 200


async def test_a_web_process_tells_what_workers_without_a_port_have_measured(scene: Scene) -> None:
    worker = Vitals()
    worker.measures.count(UPDATES, "staff", "ButtonPressed", by=7)
    worker.measures.took(ALERTED, 4.0, "no")
    worker.turn("worker crisis")
    stop = asyncio.Event()
    telling = asyncio.create_task(Reporting("worker-1", scene.reports, worker).run(stop))
    await asyncio.sleep(0)
    stop.set()
    await telling
    scene.reports.kept["of another version"] = b"\xc1"
    _, text = await scene.get("/metrics")
    assert 'sebaya_updates_total{bot="staff",kind="ButtonPressed",process="worker-1"} 7.0' in text
    assert 'sebaya_crisis_alerted_seconds_count{drill="no",process="worker-1"} 1.0' in text
    assert 'sebaya_loop_idle_seconds{loop="worker crisis",process="worker-1"}' in text
    _, text = await scene.get("/healthz")
    assert '"worker-1": {"loops": {"worker crisis": {"last_turn_s"' in text
