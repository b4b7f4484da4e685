"""Two worker processes against one on the same waiting mailboxes: updates a second, worker side alone.

    .venv/bin/python benchmarks/two_workers.py

Whole conversations of many people, from /start to the end of the check-in, wait in their mailboxes before the clock
starts, so that nothing that loads the bot takes a core. No gateway, no sender and no clock run; the answers stay in the
outbox. The workers are started first and held (SIGSTOP) while the mailboxes are filled. Measured is the time from
letting them go until the last mailbox is empty; the store, which all share, has its part of the cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from people import FIRST_STUDENT, WHOLE, embedded, put, says, until, until_worked
from processes import cpu_s, medians, new_key, part_of_sebaya, store_of, table

from bot.runtime.lanes import BLOCK_S
from bot.runtime.loop import wall_clock
from bot.store import Keyring, RedisStore

NOWHERE = "http://127.0.0.1:9"
"""Workers never ask the platform."""
STARTED_WITHIN_S = 60.0
AIM = 1.6


@dataclass(frozen=True, slots=True)
class Run:
    """What one run has taken, per update where it is processor time."""

    updates_a_second: float
    worker_ms: float
    store_ms: float
    busy: float
    """Cores in use, of workers and store together."""


async def measure(workers: int, people: int) -> Run:
    key = new_key()
    keyring = Keyring.from_text(key)
    with tempfile.TemporaryDirectory(prefix="sebaya-bench-") as name:
        folder = Path(name)
        async with embedded(folder, keyring) as store:
            with ExitStack() as running:
                pids = [
                    running.enter_context(part_of_sebaya(NOWHERE, folder, key, "--only", "worker"))
                    for _ in range(workers)
                ]
                await _until_they_work(store, keyring, workers)
                return await _work_off(store, keyring, folder, pids, people)


async def _until_they_work(store: RedisStore, keyring: Keyring, workers: int) -> None:
    """Each worker process tells of itself once it has begun, and has then worked something off."""

    async def all_tell() -> bool:
        return len(await store.reports.told(wall_clock())) >= workers

    await until(all_tell, STARTED_WITHIN_S)
    await put(store, [says(keyring, number, text) for number in range(1, 101) for text in WHOLE])
    await until_worked(store)


async def _work_off(store: RedisStore, keyring: Keyring, folder: Path, pids: list[int], people: int) -> Run:
    server = store_of(folder)
    with held(pids) as let_go:
        await asyncio.sleep(BLOCK_S * 1.5)  # until the reads in which they waited are over
        students = range(FIRST_STUDENT, FIRST_STUDENT + people)
        updates = await put(store, [says(keyring, number, text) for number in students for text in WHOLE])
        workers_before, store_before = sum(map(cpu_s, pids)), cpu_s(server)
        began = time.perf_counter()
        let_go()
        await until_worked(store)
        took = time.perf_counter() - began
        of_workers, of_store = sum(map(cpu_s, pids)) - workers_before, cpu_s(server) - store_before
    return Run(updates / took, of_workers * 1000 / updates, of_store * 1000 / updates, (of_workers + of_store) / took)


@contextmanager
def held(pids: list[int]) -> Iterator[Callable[[], None]]:
    """The processes stand still until what is yielded is called."""

    def let_go() -> None:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)

    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield let_go
    finally:
        let_go()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(chosen.rounds):
        for workers, found in runs.items():
            found.append(asyncio.run(measure(workers, chosen.people)))
    middles = {workers: medians(found) for workers, found in runs.items()}
    rows: list[list[object]] = [
        [workers, f"{run.updates_a_second:,.0f}", f"{run.worker_ms:.2f}", f"{run.store_ms:.2f}", f"{run.busy:.2f}"]
        for workers, run in middles.items()
    ]
    print(table(["workers", "updates/s", "worker CPU ms/update", "store CPU ms/update", "cores in use"], rows))
    ratio = middles[2].updates_a_second / middles[1].updates_a_second
    updates = chosen.people * len(WHOLE)
    print(f"\nratio: {ratio:.2f}, at least {AIM} aimed at   ({updates} updates a run, {os.cpu_count()} cores)")


if __name__ == "__main__":
    main()
