"""How long a crisis takes to a counselor's phone, idle and with thousands of ordinary messages waiting.

    .venv/bin/python benchmarks/crisis_alerts.py

The whole bot in one process. Crisis after crisis, each of another student, is put into the store as the gateway puts
it; measured is the time from its being stored until the alert is on the counselor's phone, which is the lean Bot API
server in this process. In the second case ordinary messages are added all the while, so that always about as many wait
as the table says. Pacing is off, as in the other benchmarks. The times of all rounds are taken together.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from load_server import Connection, Load
from people import (
    FIRST_COUNSELOR,
    FIRST_STUDENT,
    IN_DANGER,
    LOOK_EVERY_S,
    counselor,
    embedded,
    put,
    says,
    student,
    until,
    waiting,
    write,
)
from processes import STUDENT_TOKEN, new_key, p99, part_of_sebaya, table

from bot.model.event import Lane
from bot.store import Keyring, RedisStore

ORDINARY = "hari ini tugasku banyak banget"
GAPS_S = (0.1, 0.3)
"""From an alert to the next crisis, by chance in between: what belonged to the one before is over, and ordinary work
is in full swing again."""
REFILL = 25
"""Messages of one step: this process also answers the bot, and must not keep it waiting."""
ALERTED_WITHIN_S = 30.0
STARTED_WITHIN_S = 60.0
CROWDED_WITHIN_S = 120.0
AIM = 3.0
NO_ALARMS = {"crisis__alarms": "6h,12h"}
"""The second alarm of an earlier case is not the alert that is waited for."""


@dataclass
class Phones(Load):
    """A Bot API server on which nobody writes; it hears what comes to the counselor."""

    alerted: asyncio.Event = field(default_factory=asyncio.Event)

    def arrived(self, chat: int, body: bytes) -> None:
        del body
        if chat == FIRST_COUNSELOR:
            self.alerted.set()


@asynccontextmanager
async def bot(folder: Path, key: str, phones: Phones) -> AsyncIterator[None]:
    student_bot = STUDENT_TOKEN.partition(":")[0]
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(phones, student_bot), "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    running = part_of_sebaya(address, folder, key, **NO_ALARMS)
    running.__enter__()
    try:
        async with asyncio.timeout(STARTED_WITHIN_S):
            await phones.asked.wait()
        yield
    finally:
        await asyncio.to_thread(running.__exit__, None, None, None)
        server.close()


async def measure(crises: int, ordinary: int) -> list[float]:
    """Seconds of each crisis, with about `ordinary` messages waiting."""
    key = new_key()
    keyring, phones = Keyring.from_text(key), Phones("texts", 0, 0)
    with tempfile.TemporaryDirectory(prefix="sebaya-bench-") as name:
        async with embedded(Path(name), keyring) as store:
            await write(store, [counselor(keyring, FIRST_COUNSELOR)])
            in_danger = [FIRST_STUDENT + number for number in range(crises)]
            calm = [FIRST_STUDENT + crises + number for number in range(2 * ordinary)]
            for first in range(0, len(in_danger + calm), 500):
                await write(store, [student(keyring, number) for number in (in_danger + calm)[first : first + 500]])
            async with bot(Path(name), key, phones):
                crowd = asyncio.create_task(_crowd(store, calm, ordinary))
                await until(lambda: _crowded(store, ordinary), CROWDED_WITHIN_S)
                found = [await _alerted_s(store, number, phones) for number in in_danger]
                crowd.cancel()
                await asyncio.gather(crowd, return_exceptions=True)
                return found


async def _crowded(store: RedisStore, wanted: int) -> bool:
    return await waiting(store) >= wanted


async def _crowd(store: RedisStore, people: list[int], wanted: int) -> None:
    """Sees to it that so many ordinary messages wait."""
    number = 0
    while wanted:
        missing = wanted + REFILL - await waiting(store)
        while missing > 0:
            texts = [people[(number + one) % len(people)] for one in range(REFILL)]
            await put(store, [says(store.keyring, who, ORDINARY) for who in texts])
            number, missing = number + REFILL, missing - REFILL
        await asyncio.sleep(LOOK_EVERY_S)


async def _alerted_s(store: RedisStore, number: int, phones: Phones) -> float:
    phones.alerted.clear()
    await put(store, [says(store.keyring, number, IN_DANGER)], Lane.CRISIS)
    stored = time.perf_counter()
    async with asyncio.timeout(ALERTED_WITHIN_S):
        await phones.alerted.wait()
    took = time.perf_counter() - stored
    await asyncio.sleep(random.uniform(*GAPS_S))  # noqa: S311 - no secret
    return took


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--crises", type=int, default=100)
    parser.add_argument("--ordinary", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    times: dict[int, list[float]] = {0: [], chosen.ordinary: []}
    for _ in range(chosen.rounds):
        for ordinary, found in times.items():
            found.extend(asyncio.run(measure(chosen.crises, ordinary)))
    rows: list[list[object]] = [
        [f"{ordinary:,}", f"{statistics.median(found) * 1000:.0f}", f"{p99(found) * 1000:.0f}", len(found)]
        for ordinary, found in times.items()
    ]
    print(table(["ordinary messages waiting", "median ms", "p99 ms", "crises"], rows))
    print(f"\nratio of p99: {p99(times[chosen.ordinary]) / p99(times[0]):.2f}, at most {AIM} aimed at")


if __name__ == "__main__":
    main()
