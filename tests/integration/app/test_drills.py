"""A drill goes the way of a real crisis, is known as a drill by everybody, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from runtime_scene import FakePlatform, running, until, worker

from bot.app import drilling
from bot.app.drilling import Drill, Drills, drill_crisis
from bot.app.nowhere import Nowhere
from bot.casework.settings import Settings
from bot.casework.words import Noted
from bot.content import Content, load
from bot.model.address import Address, Side
from bot.model.event import ButtonPressed, Event, Lane, Nudge, TextSaid
from bot.model.index import Index
from bot.model.outgoing import EditText, SendText
from bot.model.person import Person, Role, Staff
from bot.runtime.clock import Clock
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Arrival
from bot.runtime.sender import Sender
from bot.runtime.transaction import Transaction
from bot.screening import screen
from bot.store import RedisStore
from handlers import Dispatcher

CONTENT = load(Path(__file__).parents[3] / "flows", ("id", "en"))


class Contents:
    current: Content = CONTENT

    def edition(self, _: str) -> Content | None:
        return self.current


class Scene:
    """A bot with a counselor on duty and a coordinator."""

    def __init__(self, store: RedisStore) -> None:
        self.store = store
        self.platform = FakePlatform()
        self.vitals = Vitals()

    def staff(self, name: str, *roles: Role, on_duty: bool = True) -> Person:
        address = Address("test", "staff", name)
        return Person(
            self.store.keyring.person_id("test", name), 1, "id", Side.STAFF, {Side.STAFF: address},
            staff=Staff(frozenset(roles), name, on_duty=on_duty),
        )  # fmt: skip

    @asynccontextmanager
    async def works(self, *people: Person, settings: Settings | None = None) -> AsyncIterator[None]:
        dispatch = Dispatcher(Contents(), settings or Settings(), lambda *_: None)

        async def handler(tx: Transaction) -> None:
            if tx.event.person == "p_setup":
                for person in people:
                    tx.save(person)
            else:
                await dispatch(tx)

        nobody: Any = Nudge("set up")
        await self.store.intake.receive([(Arrival("setup", Event("setup", "p_setup", 0, nobody)), Lane.NORMAL)])
        platforms: Any = {"test": self.platform, "drill": Nowhere()}
        sender = Sender(self.store.outbox, platforms, self.vitals, now=wall_clock, chance=lambda: 0.0)
        clock = Clock(self.store.timers, self.vitals, now=wall_clock)
        async with running(worker(self.store, handler, vitals=self.vitals), sender, clock):
            while (await self.store.admin.health()).mailboxes[Lane.NORMAL]:  # noqa: ASYNC110 - any process may work it
                await asyncio.sleep(0.01)
            yield

    async def press_take(self, counselor: str) -> None:
        """Presses the button under the alert."""
        await until(lambda: self.alerts(counselor))
        token = self.alerts(counselor)[0].keyboard[0][0].token
        person = self.store.keyring.person_id("test", counselor)
        event = Event("press", person, wall_clock(), ButtonPressed(token, "1"), Side.STAFF,
                      Address("test", "staff", counselor), "id")  # fmt: skip
        await self.store.intake.receive([(Arrival("press", event), Lane.NORMAL)])

    def alerts(self, who: str) -> list[SendText]:
        return [what for chat, what, _ in self.platform.sent if chat == who and isinstance(what, SendText)]

    async def left(self) -> list[object]:
        """What a drill must not leave behind. A burst's timer only has the last words forgotten."""
        health = await self.store.admin.health()
        indexes = [await self.store.records.indexed_cases(index) for index in (Index.QUEUE, Index.OPEN, Index.WAITING)]
        timers = [name async for name, _ in self.store.records.timers() if not name.startswith("burst")]
        return [*timers, *(case for index in indexes for case in index), *[1] * (health.dead_letters + health.poison)]


@pytest.fixture
def scene(store: RedisStore) -> Scene:
    return Scene(store)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_words_of_a_drill_are_a_crisis(language: str) -> None:
    assert screen(CONTENT.say("drill.says", language), CONTENT.screening).level.is_crisis


async def test_a_drill_alerts_counselors_as_a_drill_calls_no_coordinator_and_leaves_nothing(scene: Scene) -> None:
    async with scene.works(scene.staff("rina", Role.COUNSELOR), scene.staff("hendra", Role.COORDINATOR)):
        report = await drill_crisis(scene.store, CONTENT, 1.0)
        await until(lambda: any(isinstance(what, EditText) for _, what, _ in scene.platform.sent))
    assert set(report.stages) == {Noted.QUEUED, Noted.ALERTED}
    assert report.well
    assert 0 <= report.stages[Noted.QUEUED] <= report.stages[Noted.ALERTED] < 1_000
    (alert,) = scene.alerts("rina")
    assert "LATIHAN/DRILL" in alert.text
    assert not scene.alerts("hendra")
    edits = [what.text for _, what, _ in scene.platform.sent if isinstance(what, EditText)]
    assert "Latihan selesai" in edits[-1]
    assert await scene.left() == []


async def test_a_drill_never_widens_to_coordinators_even_when_nobody_else_is_there(scene: Scene) -> None:
    quick = Settings(alarms_ms=(50, 100, 150))
    async with scene.works(scene.staff("hendra", Role.COORDINATOR), settings=quick):
        report = await drill_crisis(scene.store, CONTENT, 0.6)
    assert set(report.stages) == {Noted.QUEUED}
    assert not report.well
    assert not scene.alerts("hendra")
    assert await scene.left() == []


async def test_a_counselor_who_takes_a_drill_ends_the_wait_and_is_free_again(scene: Scene) -> None:
    rina = scene.staff("rina", Role.COUNSELOR)
    async with scene.works(rina):
        drill = asyncio.create_task(drill_crisis(scene.store, CONTENT, 8.0))
        await scene.press_take("rina")
        report = await drill
        await until(lambda: any("Terima kasih" in each.text for each in scene.alerts("rina")))
        after = await scene.store.records.person(rina.id)
    assert Noted.CLAIMED in report.stages
    assert report.closed
    assert after is not None
    assert after.staff is not None
    assert after.staff.holding == ()
    assert await scene.left() == []


async def test_a_drill_whose_starter_is_gone_ends_itself(scene: Scene) -> None:
    async with scene.works(scene.staff("rina", Role.COUNSELOR)):
        drill = Drill(scene.store, CONTENT)
        await drill.begin(300, wall_clock())
        await until(lambda: scene.alerts("rina"))
        async with asyncio.timeout(5):
            while (case := await drill.case()) is None or case.is_open:  # noqa: ASYNC110 - the clock ends it
                await asyncio.sleep(0.02)
    assert await scene.left() == []


async def test_of_many_clocks_one_has_its_drill_taken(
    scene: Scene, opener: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = iter([999_000, 999_990] * 50)
    monkeypatch.setattr(drilling, "wall_clock", lambda: next(at))
    stores = [scene.store, opener()]
    library: Any = Contents()
    stop = asyncio.Event()
    loops = [Drills(store, library, 1_000_000, 60_000, scene.vitals) for store in stores]
    tasks = [asyncio.create_task(loop.run(stop)) for loop in loops]
    await asyncio.sleep(0.2)
    stop.set()
    await asyncio.gather(*tasks)
    assert sum((await scene.store.admin.health()).mailboxes.values()) == 1


async def test_only_an_address_of_nowhere_makes_a_drill(scene: Scene) -> None:
    """Whoever writes the very same words from a real platform is in danger."""
    text = CONTENT.say("drill.says", "id")
    address = Address("test", "student", "sam")
    event = Event("real", "p_real", wall_clock(), TextSaid(text, "1"), Side.STUDENT, address, "id")
    async with scene.works(scene.staff("rina", Role.COUNSELOR)):
        await scene.store.intake.receive([(Arrival("real", event), Lane.CRISIS)])
        await until(lambda: scene.alerts("rina"))
    assert "LATIHAN" not in scene.alerts("rina")[0].text.replace(text, "")
