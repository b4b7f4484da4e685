"""The worker loop: each event ends once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import logging

import msgspec
from runtime_scene import running, until, worker
from store_scene import NOW, receive

from bot.model.address import Address
from bot.model.event import Lane, TextSaid
from bot.model.outgoing import SendText
from bot.model.person import Person
from bot.runtime.loop import Vitals
from bot.runtime.transaction import Transaction
from bot.runtime.worker import SLOTS
from bot.store import RedisStore
from bot.store.mailboxes import RedisMailboxes


async def count_in_one_document(tx: Transaction) -> None:
    """Everybody changes the same person: nothing but conflicts."""
    person = await tx.person("p_counter") or Person("p_counter", 0)
    await asyncio.sleep(0)
    tx.save(msgspec.structs.replace(person, created_at=person.created_at + 1))


async def stored(store: RedisStore, person: str) -> Person | None:
    await receive(store, "p_reader")
    work = (await store.mailboxes.ready(Lane.NORMAL, 1, 0))[0]
    tx = store.mailboxes.begin(work, NOW, 1)
    found = await tx.person(person)
    await store.mailboxes.commit(tx, go_on=True)
    return found


async def test_two_workers_that_change_one_document_lose_no_change(store: RedisStore, opener) -> None:
    for number in range(40):
        await receive(store, f"p_{number}")
    vitals = Vitals()
    workers = [worker(one, count_in_one_document, vitals=vitals) for one in (store, opener())]
    async with running(*workers):
        await until(lambda: vitals.counts["events"] == 40)
    counter = await stored(store, "p_counter")
    assert counter is not None
    assert counter.created_at == 40
    assert vitals.counts["conflicts"] > 0


async def test_a_handler_that_stumbles_over_a_change_of_somebody_elses_runs_again_and_has_not_failed(
    store: RedisStore, opener
) -> None:
    """What was read before and after the change does not fit together: a conflict, however the handler takes it."""
    other = opener()
    runs: list[bool] = []
    await receive(other, "p_other")
    (theirs,) = await other.mailboxes.ready(Lane.NORMAL, 1, 0)

    async def stumble(tx: Transaction) -> None:
        await tx.person("p_counter")
        if not runs:
            runs.append(False)
            change = other.mailboxes.begin(theirs, NOW, 1)
            await count_in_one_document(change)
            await other.mailboxes.commit(change, go_on=False)
            raise ValueError
        runs.append(True)

    await receive(store, "p_0")
    vitals = Vitals()
    async with running(worker(store, stumble, vitals=vitals)):
        await until(lambda: vitals.counts["events"] == 1)
    assert runs == [False, True]
    assert (vitals.counts["conflicts"], vitals.counts["handler failures"]) == (1, 0)


async def test_a_crisis_overtakes_five_hundred_ordinary_mailboxes(store: RedisStore) -> None:
    goes_on = asyncio.Event()
    begun: list[str] = []
    worked: list[str] = []

    async def stuck(tx: Transaction) -> None:
        begun.append(tx.event.person)
        if tx.event.person != "p_crisis":
            await goes_on.wait()
        worked.append(tx.event.person)

    for number in range(500):
        await receive(store, f"p_{number}")
    async with running(worker(store, stuck)):
        await until(lambda: len(begun) == SLOTS[Lane.NORMAL])
        await receive(store, "p_crisis", "help", lane=Lane.CRISIS)
        await until(lambda: worked == ["p_crisis"])
        goes_on.set()
        await until(lambda: len(worked) == 501)


async def test_an_event_on_which_the_handler_fails_is_answered_and_kept_aside(store: RedisStore, caplog) -> None:
    tries: list[str] = []
    answered: list[str] = []

    async def broken(tx: Transaction) -> None:
        assert isinstance(tx.event.body, TextSaid)
        if tx.event.body.text == "rahasia":
            tries.append(tx.event.id)
            raise ValueError(tx.event.body.text)
        answered.append(tx.event.body.text)

    async def on_failure(tx: Transaction) -> None:
        tx.send(Address("test", "student", "1"), SendText("sorry"))

    await receive(store, "p_a", "rahasia")
    await receive(store, "p_a", "next")
    with caplog.at_level(logging.DEBUG):
        async with running(worker(store, broken, on_failure=on_failure)):
            await until(lambda: answered)
    assert answered == ["next"]
    assert len(tries) == 3
    health = await store.admin.health()
    assert health.poison == 1
    assert health.chats[Lane.NORMAL] == 1
    assert tries[0] in caplog.text
    assert "ValueError at test_working.py" in caplog.text
    assert "rahasia" not in caplog.text


async def test_an_event_on_which_everything_fails_is_kept_aside_and_the_next_is_worked(store: RedisStore) -> None:
    answered: list[str] = []

    async def broken(tx: Transaction) -> None:
        assert isinstance(tx.event.body, TextSaid)
        if tx.event.body.text == "bad":
            raise KeyError
        answered.append(tx.event.body.text)

    await receive(store, "p_a", "bad")
    await receive(store, "p_a", "next")
    async with running(worker(store, broken, on_failure=broken)):
        await until(lambda: answered)
    assert (await store.admin.health()).poison == 1


async def test_an_event_that_cannot_even_be_kept_aside_stays_and_is_not_hammered(
    store: RedisStore, monkeypatch
) -> None:
    buried = 0

    async def broken(tx: Transaction) -> None:
        raise KeyError

    async def refuse(*_: object) -> None:
        nonlocal buried
        buried += 1
        raise KeyError

    monkeypatch.setattr(RedisMailboxes, "bury", refuse)
    await receive(store, "p_a", "bad")
    async with running(worker(store, broken, on_failure=broken)):
        await asyncio.sleep(0.8)
    assert 1 <= buried <= 5
    assert sum((await store.admin.health()).mailboxes.values()) == 1


async def test_an_unreadable_event_does_not_stop_a_mailbox(store: RedisStore, server, program) -> None:
    answered: list[str] = []

    async def handler(tx: Transaction) -> None:
        answered.append(tx.event.id)

    for _ in range(2):
        await receive(store, "p_a")
    with server.client() as client:
        client.lset(f"sb:{{{program}}}:mail:p_a", 0, b"markmarkdamaged")
    async with running(worker(store, handler)):
        await until(lambda: answered)
    assert (await store.admin.health()).poison == 1


async def test_the_mailboxes_of_a_dead_worker_are_taken_over(store: RedisStore, opener) -> None:
    dead = opener()
    await receive(dead, "p_a")
    assert await dead.mailboxes.ready(Lane.NORMAL, 1, 0)
    living = opener(lease_ms=100)
    worked: list[str] = []

    async def handler(tx: Transaction) -> None:
        worked.append(tx.event.person)

    async with running(worker(living, handler)):
        await until(lambda: worked)
    assert worked == ["p_a"]


async def test_a_long_handler_keeps_its_mailbox(store: RedisStore, opener) -> None:
    starts: list[str] = []

    async def long(tx: Transaction) -> None:
        starts.append(tx.event.id)
        await asyncio.sleep(2.5)

    stores = [opener(lease_ms=1_500), opener(lease_ms=1_500)]
    vitals = Vitals()
    await receive(store, "p_a")
    async with running(*(worker(one, long, vitals=vitals) for one in stores)):
        await until(lambda: vitals.counts["events"])
    assert len(starts) == 1


async def test_a_mailbox_with_many_events_gives_way_to_others(store: RedisStore) -> None:
    worked: list[str] = []

    async def handler(tx: Transaction) -> None:
        worked.append(tx.event.person)

    for _ in range(100):
        await receive(store, "p_flood")
    await receive(store, "p_quiet")
    async with running(worker(store, handler, slots={Lane.NORMAL: 1})):
        await until(lambda: len(worked) == 101)
    assert worked.index("p_quiet") <= 20


async def test_a_stop_finishes_what_is_in_hand_and_leaves_the_rest(store: RedisStore, opener) -> None:
    worked: list[str] = []

    async def slow(tx: Transaction) -> None:
        await asyncio.sleep(0.2)
        worked.append(tx.event.id)

    for _ in range(3):
        await receive(store, "p_a")
    async with running(worker(store, slow)):
        await asyncio.sleep(0.1)
    assert len(worked) == 1
    other = opener()
    async with running(worker(other, slow)):  # at once, not after a lease
        await until(lambda: len(worked) == 3)
    assert len(set(worked)) == 3


async def test_a_store_killed_and_started_again_under_a_worker_loses_and_repeats_nothing(own_server, opener) -> None:
    store = opener(own_server.url)
    await store.prepare()
    vitals = Vitals()

    async def handler(tx: Transaction) -> None:
        await asyncio.sleep(0.01)
        await count_in_one_document(tx)

    for number in range(60):
        await receive(store, f"p_{number % 20}")
    async with running(worker(store, handler, vitals=vitals)):
        await until(lambda: vitals.counts["events"] > 10)
        own_server.kill()
        await asyncio.sleep(0.3)
        assert vitals.troubles
        own_server.start()
        await until(lambda: vitals.counts["events"] >= 50 and not vitals.troubles)
        while sum((await store.admin.health()).mailboxes.values()):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    counter = await stored(store, "p_counter")
    assert counter is not None
    assert counter.created_at == 60


async def test_a_body_comes_back_as_it_was_posted(store: RedisStore) -> None:
    seen: list[object] = []

    async def handler(tx: Transaction) -> None:
        seen.append(tx.event.body)

    await receive(store, "p_a", "halo 😀")
    async with running(worker(store, handler)):
        await until(lambda: seen)
    assert isinstance(seen[0], TextSaid)
    assert seen[0].text == "halo 😀"
