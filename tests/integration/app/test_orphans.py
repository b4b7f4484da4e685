"""Whatever nothing would ever move is found, mended, and not found again; what is well is left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from runtime_scene import running, worker

from bot.app.orphans import Trouble, find, mend
from bot.casework.mending import TIMER_OF
from bot.casework.settings import Settings
from bot.casework.timers import timer_id
from bot.content import Content, load
from bot.model.address import Address, Side
from bot.model.case import Alarm, Case, Party, State
from bot.model.event import Event, Lane, Nudge, TimerRang
from bot.model.index import Index
from bot.model.level import Level
from bot.model.person import Person, Role, Staff
from bot.runtime.loop import wall_clock
from bot.runtime.platform import Arrival
from bot.runtime.transaction import Transaction
from bot.store import RedisStore
from handlers import Dispatcher

FLOWS = Path(__file__).parents[3] / "flows"
NOW = wall_clock()
STUDENT = Party("p_sam", Side.STUDENT, Address("test", "student", "sam"), "Biru 11", "id")
PEER = Party("p_dim", Side.STAFF, Address("test", "staff", "dim"), "Dimas", "id")
COUNSELOR = Party("p_rin", Side.STAFF, Address("test", "staff", "rin"), "Rina", "id")
SAM = Person("p_sam", NOW, "id", addresses={Side.STUDENT: STUDENT.address}, own_case="c_1")
DIM = Person(
    "p_dim", NOW, "id", Side.STAFF, {Side.STAFF: PEER.address}, staff=Staff(frozenset({Role.SUPPORTER}), "Dimas")
)
RIN = Person("p_rin", NOW, "id", Side.STAFF, {Side.STAFF: COUNSELOR.address},
             staff=Staff(frozenset({Role.COUNSELOR}), "Rina", on_duty=True))  # fmt: skip
CASE = Case("c_1", State.QUEUED, NOW, NOW, Level.RED, "", STUDENT, alarm=Alarm(raised_at=NOW))
change = msgspec.structs.replace


class Contents:
    current: Content = load(FLOWS, ("id", "en"))

    def edition(self, _: str) -> Content | None:
        return self.current


def holding(person: Person, *cases: str, offered: tuple[str, ...] = ()) -> Person:
    return change(person, staff=change(person.staff, holding=cases, offered=offered))


class Scene:
    def __init__(self, store: RedisStore) -> None:
        self.store = store
        self.dispatch = Dispatcher(Contents(), Settings(), lambda *_: None)
        self.documents: Iterable[Person | Case] = ()
        self.timers: Iterable[str] = ()

    async def _handle(self, tx: Transaction) -> None:
        if tx.event.person != "p_setup":
            await self.dispatch(tx)
            return
        for document in self.documents:
            tx.save(document)
        for timer in self.timers:
            tx.start_timer(timer, tx.now + 3_600_000, "p_sam", TimerRang(timer.split(":")[0], "c_1"))

    def works(self) -> AbstractAsyncContextManager[None]:
        return running(worker(self.store, self._handle))

    async def begins(self, documents: Iterable[Person | Case], *timers: str) -> None:
        self.documents, self.timers = documents, timers
        event = Event("setup", "p_setup", NOW, Nudge("set up"))
        await self.store.intake.receive([(Arrival("setup", event), Lane.NORMAL)])
        async with self.works():
            while sum((await self.store.admin.health()).mailboxes.values()):  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.01)

    async def troubles(self) -> list[Trouble]:
        return [orphan.trouble for orphan in await find(self.store.records, between_s=0.0)]

    async def mended(self) -> None:
        """Everything that is found is mended, and nothing is found afterwards."""
        orphans = await find(self.store.records, between_s=0.0)
        async with self.works():
            assert await mend(self.store, orphans) == []
        assert await self.troubles() == []
        assert (await self.store.admin.health()).poison == 0

    async def case(self) -> Case:
        found = await self.store.records.case("c_1")
        assert found is not None
        return found


@pytest.fixture
def scene(store: RedisStore) -> Scene:
    return Scene(store)


def in_state(state: State) -> list[Person | Case]:
    """A sound case of this state with its people; only its timer is missing."""
    sound: dict[State, Callable[[], list[Person | Case]]] = {
        State.REQUESTED: lambda: [SAM, RIN, change(CASE, state=State.REQUESTED)],
        State.OFFERED: lambda: [SAM, holding(DIM, offered=("c_1",)), change(CASE, state=state, offered_to="p_dim")],
        State.ACTIVE: lambda: [SAM, holding(DIM, "c_1"), change(CASE, state=state, supporter=PEER)],
        State.CLOSING: lambda: [SAM, DIM, change(CASE, state=state, supporter=PEER, peer_left=True)],
        State.QUEUED: lambda: [SAM, RIN, CASE],
        State.CLAIMED: lambda: [SAM, holding(RIN, "c_1"), change(CASE, state=state, counselor=COUNSELOR)],
    }
    return sound[state]()


@pytest.mark.parametrize("state", list(TIMER_OF), ids=str)
async def test_a_case_that_is_well_is_left_alone(scene: Scene, state: State) -> None:
    await scene.begins(in_state(state), timer_id(TIMER_OF[state], "c_1"))
    assert await scene.troubles() == []


@pytest.mark.parametrize("state", list(TIMER_OF), ids=str)
async def test_a_case_without_its_timer_is_moved_again(scene: Scene, state: State) -> None:
    await scene.begins(in_state(state))
    assert await scene.troubles() == [Trouble.NO_TIMER]
    await scene.mended()
    assert (await scene.case()).is_open


@pytest.mark.parametrize(
    ("case", "where"),
    [
        (change(CASE, state=State.CLAIMED), Index.QUEUE),
        (change(CASE, state=State.ACTIVE), Index.WAITING),
    ],
)
async def test_a_case_without_a_holder_goes_back_to_its_list(scene: Scene, case: Case, where: Index) -> None:
    await scene.begins([SAM, RIN, case], timer_id(TIMER_OF[case.state], "c_1"))
    assert await scene.troubles() == [Trouble.NO_HOLDER]
    await scene.mended()
    assert set(await scene.store.records.indexed_cases(where)) == {"c_1"}


async def test_an_offer_that_nobody_knows_of_goes_on(scene: Scene) -> None:
    case = change(CASE, state=State.OFFERED, offered_to="p_dim")
    await scene.begins([SAM, DIM, case], timer_id(TIMER_OF[State.OFFERED], "c_1"))
    assert await scene.troubles() == [Trouble.NOT_OFFERED]
    async with scene.works():
        orphans = await find(scene.store.records, between_s=0.0)
        await mend(scene.store, orphans, within_s=0.5)
        await scene.store.timers.fire(wall_clock() + 1)  # the clock's work
        async with asyncio.timeout(5):
            while (await scene.case()).state is not State.REQUESTED:  # noqa: ASYNC110 - a worker does it
                await asyncio.sleep(0.02)
    assert await scene.troubles() == []


@pytest.mark.parametrize("own", ["c_gone", "c_1"])
async def test_a_person_whose_case_is_over_or_gone_may_open_another(scene: Scene, own: str) -> None:
    closed = change(CASE, state=State.CLOSED)
    await scene.begins([change(SAM, own_case=own), closed])
    assert await scene.troubles() == [Trouble.OWN_CASE]
    await scene.mended()
    sam = await scene.store.records.person("p_sam")
    assert sam is None or sam.own_case == ""


@pytest.mark.parametrize(
    "person", [holding(DIM, "c_gone"), holding(DIM, offered=("c_gone",)), holding(DIM, "c_1", offered=("c_1",))]
)
async def test_hands_that_hold_what_is_over_or_not_theirs_are_emptied(scene: Scene, person: Person) -> None:
    await scene.begins([*in_state(State.QUEUED), person], timer_id(TIMER_OF[State.QUEUED], "c_1"))
    assert await scene.troubles() == [Trouble.HOLDS]
    await scene.mended()
    dim = await scene.store.records.person("p_dim")
    assert dim is not None
    assert dim.staff is not None
    assert (dim.staff.holding, dim.staff.offered) == ((), ())


async def test_a_case_that_its_student_has_lost_is_theirs_again(scene: Scene) -> None:
    await scene.begins([change(SAM, own_case=""), RIN, CASE], timer_id(TIMER_OF[State.QUEUED], "c_1"))
    assert await scene.troubles() == [Trouble.NO_STUDENT]
    await scene.mended()
    sam = await scene.store.records.person("p_sam")
    assert sam is not None
    assert sam.own_case == "c_1"


async def test_a_case_of_somebody_who_was_forgotten_is_closed_and_its_holder_is_free(scene: Scene) -> None:
    case = change(CASE, state=State.CLAIMED, counselor=COUNSELOR)
    await scene.begins([holding(RIN, "c_1"), case], timer_id(TIMER_OF[State.CLAIMED], "c_1"))
    assert await scene.troubles() == [Trouble.NO_STUDENT]
    await scene.mended()
    assert not (await scene.case()).is_open


@pytest.mark.parametrize("timer", ["lease:c_gone", "alarm:c_gone"])
async def test_a_timer_of_a_case_that_is_gone_is_dropped(scene: Scene, timer: str) -> None:
    await scene.begins([change(SAM, own_case="")], timer)
    assert await scene.troubles() == [Trouble.TIMER]
    await scene.mended()
    assert (await scene.store.admin.health()).timers == 0


async def test_many_people_and_cases_are_looked_at_in_batches(scene: Scene) -> None:
    many: list[Person | Case] = []
    for number in range(450):
        party = change(STUDENT, person=f"p_{number}")
        many += [
            change(SAM, id=f"p_{number}", own_case=f"c_{number}x"),
            change(CASE, id=f"c_{number}x", student=party),
        ]
    await scene.begins(many)
    assert await scene.troubles() == [Trouble.NO_TIMER] * 450


async def test_what_is_on_its_way_is_no_orphan(scene: Scene) -> None:
    """Between two looks a worker has moved the case: nothing is reported."""
    await scene.begins(in_state(State.QUEUED))
    look = asyncio.create_task(find(scene.store.records, between_s=0.5))
    await asyncio.sleep(0.1)
    event: Any = Event("late", "p_sam", NOW, Nudge("mend-case", "c_1"))
    await scene.store.intake.receive([(Arrival("late", event), Lane.NORMAL)])
    async with scene.works():
        assert await look == []


async def test_a_case_whose_event_waits_for_a_worker_is_no_orphan(scene: Scene) -> None:
    """Its timer has rung, and nobody has worked it yet."""
    await scene.begins(in_state(State.QUEUED))
    rang = Event("rang", "p_sam", NOW, TimerRang("alarm", "c_1", "0"))
    await scene.store.intake.receive([(Arrival("rang", rang), Lane.NORMAL)])
    assert await scene.troubles() == []
