"""What a conversation and a case cost in the store, and whether an event takes longer where many are open.

    .venv/bin/python benchmarks/growth.py

Bytes: people write their way to the last question of the check-in, to the list of those who wait for a peer, or into
the counselors' queue, and all their messages are sent; what the server's `used_memory` has grown by is divided by their
number. So documents, indexes, timers, notes about sent messages and marks of what came in are all in it.

Growth: two servers side by side, one with few conversations open and one with many, written in bulk as copies of one
that was really held (documents and timers, by the store's own commits). Then one message after the other is taken in,
worked and committed, by turns in both, of as many different people in both, who stay where they are.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import msgspec
import redis
from people import (
    FIRST_COUNSELOR,
    FIRST_STUDENT,
    IN_DANGER,
    OPEN,
    commit_as,
    counselor,
    embedded,
    handler_of,
    person_of,
    put,
    says,
    student,
    worked,
    worked_here,
    write,
)
from processes import ROOT, new_key, p99, table

from bot.content import Content, load
from bot.model.address import Side
from bot.model.event import Lane, TimerRang
from bot.runtime.handler import Handler
from bot.runtime.transaction import Transaction
from bot.store import Keyring, RedisStore
from bot.store.embedded import socket_path

PEER = (*OPEN, "Ngobrol dengan pendamping")
CRISIS = ("/start", "Ya", "Ya, aku setuju", IN_DANGER)
BY_COMMIT = 200
"""Conversations written at once."""
WRITERS = 100
"""Where few conversations are open, all of them write; where many are, as many of them, from far apart."""
WORDS = "hmm, aku mikir dulu ya"
AIM = 1.3


def used_bytes(folder: Path) -> int:
    """By all that is stored; buffers of connections are closed before."""
    with redis.Redis(unix_socket_path=str(socket_path(folder))) as client:
        return int(client.info("memory")["used_memory"])


async def bytes_each(content: Content, texts: Sequence[str], people: int) -> float:
    """What one more person costs who has written these texts."""
    with tempfile.TemporaryDirectory(prefix="sebaya-bench-") as name:
        async with embedded(Path(name), Keyring.from_text(new_key())) as store:
            await write(store, [counselor(store.keyring, FIRST_COUNSELOR)])
            found: list[int] = []
            for first in (FIRST_STUDENT, FIRST_STUDENT + people // 10):
                everybody = range(first, FIRST_STUDENT + (people // 10 if not found else people))
                await put(store, [says(store.keyring, number, text) for number in everybody for text in texts])
                await worked_here(store, content, sends=True)
                found.append(used_bytes(Path(name)))
            return (found[1] - found[0]) / (people - people // 10)


async def fill(store: RedisStore, content: Content, people: int) -> None:
    """One conversation that is held, and copies of it."""
    first = FIRST_STUDENT
    await put(store, [says(store.keyring, first, text) for text in OPEN])
    await worked_here(store, content)
    mine = person_of(store.keyring, first)
    timers = [name async for name, owner in store.records.timers() if owner == mine]
    due = await store.records.due(timers)
    numbers = range(first + 1, first + people)

    for start in range(0, len(numbers), BY_COMMIT):

        async def copy(tx: Transaction, some: Sequence[int] = numbers[start : start + BY_COMMIT]) -> None:
            conversation = await tx.conversation(mine, Side.STUDENT)
            for number in some:
                person = student(store.keyring, number)
                tx.save(person)
                tx.save(msgspec.structs.replace(conversation, person=person.id))
                for timer in timers:
                    ring = TimerRang(timer.partition(":")[0], data=Side.STUDENT.value)
                    tx.start_timer(timer.replace(mine, person.id), due[timer], person.id, ring)

        await commit_as(store, copy)


async def event_ms(store: RedisStore, handler: Handler, number: int) -> float:
    """From an arrival to the end of its commit, with nothing else to do."""
    arrival = says(store.keyring, number, WORDS)
    began = time.perf_counter()
    await worked(store, arrival, Lane.NORMAL, handler)
    return (time.perf_counter() - began) * 1000


async def growth(content: Content, sizes: Sequence[int], events: int) -> dict[int, list[float]]:
    """The times of the events, by how many conversations are open."""
    handler = handler_of(content)
    async with AsyncExitStack() as opened:
        stores = {}
        for size in sizes:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="sebaya-bench-")))
            stores[size] = await opened.enter_async_context(embedded(folder, Keyring.from_text(new_key())))
            await fill(stores[size], content, size)
        times: dict[int, list[float]] = {size: [] for size in sizes}
        for number in range(events):
            for size, store in stores.items():
                who = FIRST_STUDENT + number % WRITERS * (size // WRITERS)
                times[size].append(await event_ms(store, handler, who))
        return times


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=300, help="for the bytes of each")
    parser.add_argument("--sizes", type=int, nargs=2, default=[100, 100_000])
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=1)
    chosen = parser.parse_args()
    content = load(ROOT / "flows", ("id", "en"))
    kinds = {"an open conversation": OPEN, "a case that waits for a peer": PEER, "a case in the queue": CRISIS}
    costs: list[list[object]] = []
    for name, texts in kinds.items():
        each = [asyncio.run(bytes_each(content, texts, chosen.people)) for _ in range(chosen.rounds)]
        costs.append([name, f"{statistics.median(each) / 1000:.1f}"])
    print(table(["in the store", "KB each, everything of the person in it"], costs))
    times = [asyncio.run(growth(content, chosen.sizes, chosen.events)) for _ in range(chosen.rounds)]
    merged = {size: [ms for one in times for ms in one[size]] for size in chosen.sizes}
    rows: list[list[object]] = [
        [f"{size:,}", f"{statistics.median(found):.2f}", f"{p99(found):.2f}"] for size, found in merged.items()
    ]
    print("\n" + table(["conversations open", "median ms an event", "p99 ms"], rows))
    few, many = (statistics.median(merged[size]) for size in chosen.sizes)
    print(f"\ngrowth: {many / few:.2f}, at most {AIM} aimed at   ({len(merged[chosen.sizes[0]])} events each)")


if __name__ == "__main__":
    main()
