"""Two people act at the same moment, worked by two workers at once on a real server: one order comes out, nobody is
lost between two commits, and each hears what happened.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

import pytest
from golden_world import Phone, World

from bot.casework.words import Purpose
from bot.model.address import Side
from bot.model.event import Body, ButtonPressed, Event, Lane, Receipt, TextSaid
from bot.model.outgoing import Failure
from bot.model.person import Role
from bot.runtime.platform import Arrival
from bot.runtime.store import Conflict, Superseded, Work
from bot.store import RedisStore, open_store

ROUNDS = 8


async def at_once(world: World, stores: list[RedisStore], *acts: tuple[str, Body]) -> None:
    """Everybody acts before anybody is worked; then both workers begin together."""
    arrivals = [(Arrival(f"{world.now}:{n}", _event(world, name, body, n)), Lane.NORMAL)
                for n, (name, body) in enumerate(acts)]  # fmt: skip
    await world.store.intake.receive(arrivals)
    await asyncio.gather(*(_work(world, store) for store in stores))
    await world.settle()
    world.now += 1_000


def _event(world: World, name: str, body: Body, number: int) -> Event:
    phone = world.phones[name]
    person = world.store.keyring.person_id(phone.address.platform, phone.address.chat)
    return Event(f"x{world.now}:{number}", person, world.now, body, phone.side, phone.address, phone.language)


async def _work(world: World, store: RedisStore) -> None:
    """One worker, until nothing waits; after a conflict it begins anew, as the worker's loop does."""
    seeds = itertools.count(world.now)
    while works := await store.mailboxes.ready(Lane.NORMAL, 1, 0):
        for work in works:
            current: Work | None = work
            while current is not None:
                tx = store.mailboxes.begin(current, world.now, next(seeds))
                await world.dispatcher(tx)
                try:
                    current = await store.mailboxes.commit(tx, go_on=True)
                except Conflict:
                    current = await store.mailboxes.look_again(current)
                except Superseded:
                    current = None


@pytest.fixture
async def workers(store: RedisStore, store_url: str, store_program: str) -> AsyncIterator[list[RedisStore]]:
    """Two workers, as two processes would be."""
    opened = [open_store(store_url, store_program, store.keyring) for _ in range(2)]
    yield opened
    for one in opened:
        await one.close()


def press(phone: Phone, label: str) -> ButtonPressed:
    for bubble in reversed(phone.bubbles):
        for button in (button for row in bubble.keyboard for button in row):
            if label in button.label:
                return ButtonPressed(button.token, "press", bubble.number)
    raise AssertionError(f"no button {label!r}")


async def ready_to_talk(world: World, name: str) -> None:
    """A student who has answered the check-in and is about to ask for a peer."""
    world.add_phone(name, Side.STUDENT, "id")
    await world.act(name, world.command(name, "/start"))
    for label in ("Ya", "Ya, aku setuju", "Lewati", "Lewati", "Keluarga", "Tidak", "Nggak dulu"):
        await world.act(name, press(world.phones[name], label))


def seen(world: World, name: str, words: str) -> int:
    return sum(words in bubble.text for bubble in world.phones[name].bubbles)


async def test_of_two_counselors_who_take_at_once_one_gets_the_case_and_the_other_hears_who(
    store: RedisStore, workers: list[RedisStore]
) -> None:
    world = World(store)
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    await world.add_staff("indra", Role.COUNSELOR, "id")
    for number in range(ROUNDS):
        student = f"s{number}"
        world.add_phone(student, Side.STUDENT, "id")
        await world.act(student, TextSaid("aku mau bunuh diri", "m"))
        takes = [(name, press(world.phones[name], "Ambil")) for name in ("ratna", "indra")]
        before = {name: seen(world, name, "sekarang bersamamu") for name, _ in takes}
        told = {name: seen(world, name, "sudah diambil") for name, _ in takes}
        await at_once(world, workers, *takes)
        got = [name for name in before if seen(world, name, "sekarang bersamamu") > before[name]]
        lost = [name for name in told if seen(world, name, "sudah diambil") > told[name]]
        assert len(got) == 1
        assert sorted(got + lost) == ["indra", "ratna"]
        assert seen(world, student, "sudah menerima panggilanmu") == 1
        winner = got[0]
        await world.act(winner, world.command(winner, "/transfer"))
        await world.act(winner, press(world.phones[winner], "Ambil"))
        await close_case(world, winner)
    assert not world.troubles


async def close_case(world: World, counselor: str) -> None:
    await world.act(counselor, world.command(counselor, "/close"))
    await world.act(counselor, press(world.phones[counselor], "Aman"))
    await world.act(counselor, TextSaid("sudah aman", "m"))


async def test_when_a_student_asks_while_a_supporter_comes_on_duty_they_never_miss_each_other(
    store: RedisStore, workers: list[RedisStore]
) -> None:
    world = World(store)
    for number in range(ROUNDS):
        student, supporter = f"s{number}", f"t{number}"
        await world.add_staff(supporter, Role.SUPPORTER, "id", duty=False)
        await ready_to_talk(world, student)
        asks = (student, press(world.phones[student], "Ngobrol"))
        comes = (supporter, world.command(supporter, "/duty on"))
        await at_once(world, workers, *((asks, comes) if number % 2 else (comes, asks)))
        assert seen(world, supporter, "Ada yang ingin ditemani") == 1
        await world.act(supporter, press(world.phones[supporter], "Aku temani"))
        assert seen(world, student, "ada di sini") == 1
        await world.act(supporter, world.command(supporter, "/duty off"))


async def test_an_accepted_offer_and_a_student_who_leaves_at_once_end_in_one_of_the_two(
    store: RedisStore, workers: list[RedisStore]
) -> None:
    world = World(store)
    await world.add_staff("budi", Role.SUPPORTER, "id")
    for number in range(ROUNDS):
        student = f"s{number}"
        await ready_to_talk(world, student)
        await world.act(student, press(world.phones[student], "Ngobrol"))
        accept = ("budi", press(world.phones["budi"], "Aku temani"))
        leave = (student, world.command(student, "/stop"))
        begun = seen(world, student, "pendamping sebaya terlatih, ada di sini")
        await at_once(world, workers, *((accept, leave) if number % 2 else (leave, accept)))
        talked = seen(world, student, "pendamping sebaya terlatih, ada di sini") > begun
        left = seen(world, student, "keluar dari daftar tunggu") == 1
        assert talked != left
        await world.wait(31 * 60_000)
    assert [entry.free for entry in await world.roster()] == [1]


async def test_two_students_who_ask_at_once_never_get_one_supporter_twice(
    store: RedisStore, workers: list[RedisStore]
) -> None:
    world = World(store)
    await world.add_staff("budi", Role.SUPPORTER, "id")
    for name in ("siti", "joko"):
        await ready_to_talk(world, name)
    await at_once(world, workers, *((name, press(world.phones[name], "Ngobrol")) for name in ("siti", "joko")))
    assert seen(world, "budi", "Ada yang ingin ditemani") == 1
    waits = [name for name in ("siti", "joko") if seen(world, name, "urutan 1")]
    assert len(waits) == 1


@pytest.mark.parametrize("blocked", [False, True])
async def test_who_hands_a_case_on_at_once_still_hears_what_became_of_their_words(
    store: RedisStore, workers: list[RedisStore], *, blocked: bool
) -> None:
    world = World(store)
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    world.add_phone("siti", Side.STUDENT, "id")
    await world.act("siti", TextSaid("aku mau bunuh diri", "m"))
    await world.act("ratna", press(world.phones["ratna"], "Ambil"))
    world.phones["siti"].blocked = blocked
    world.shown.clear()
    words = TextSaid("aku di sini", "m")
    await at_once(world, workers, ("ratna", words), ("ratna", world.command("ratna", "/transfer")))
    assert any(line.startswith(f"ratna ← ({'failed' if blocked else 'delivered'}") for line in world.shown)
    assert seen(world, "ratna", "Pesanmu tadi tidak sampai") == blocked


async def test_words_that_arrive_after_the_counselor_has_closed_the_case_let_nobody_go_again(store: RedisStore) -> None:
    """A slow platform: the receipt of the counselor's first words comes after the counselor has closed the case."""
    world = World(store)
    await world.add_staff("budi", Role.SUPPORTER, "id")
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    await ready_to_talk(world, "siti")
    await world.act("siti", press(world.phones["siti"], "Ngobrol"))
    await world.act("budi", press(world.phones["budi"], "Aku temani"))
    await world.act("siti", TextSaid("aku mau bunuh diri", "m"))
    await world.act("ratna", press(world.phones["ratna"], "Ambil"))
    case = await world.case_of("siti")
    assert case is not None
    await close_case(world, "ratna")
    assert seen(world, "budi", "Konselor sudah menutup") == 1
    world.shown.clear()
    await world.act("ratna", Receipt(Purpose.RELAYED, case.id, f"m {case.student.person}"))
    assert [line for line in world.shown if not line.startswith("ratna ←")] == []
    assert not world.troubles


@pytest.mark.parametrize("failure", [None, Failure.BLOCKED])
async def test_a_helper_hears_what_became_of_their_words_though_the_student_has_deleted_it_all(
    store: RedisStore, failure: Failure | None
) -> None:
    """They were on their way when the student asked to be forgotten, and perhaps blocked the bot at once."""
    world = World(store)
    await world.add_staff("budi", Role.SUPPORTER, "id")
    await ready_to_talk(world, "siti")
    await world.act("siti", press(world.phones["siti"], "Ngobrol"))
    await world.act("budi", press(world.phones["budi"], "Aku temani"))
    case = await world.case_of("siti")
    assert case is not None
    await world.act("siti", world.command("siti", "/delete"))
    await world.act("siti", press(world.phones["siti"], "Ya"))
    assert seen(world, "siti", "Sudah dihapus")
    message = world.new_message("budi", "kamu di sana?")
    world.shown.clear()
    await world.act("budi", Receipt(Purpose.RELAYED, case.id, f"{message} {case.student.person}", failure))
    told = [line for line in world.shown if "(" in line]
    assert told == [f"budi ← ({'failed' if failure else 'delivered'}: kamu di sana?)"]
    assert seen(world, "budi", "Pesanmu tadi tidak sampai") == (failure is not None)
