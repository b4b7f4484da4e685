"""A bot of real loops, to be killed at any moment by `test_crashes.py`.

Counts each person's events in a document, answers each, and sets a timer whose ringing is counted too. What the
platform gets is appended to a file before it is noted in the store. Arguments: data folder, key, file.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from pathlib import Path

import msgspec
from runtime_scene import FakePlatform, sender, worker

from bot.model.address import Address
from bot.model.event import Lane, TextSaid, TimerRang
from bot.model.outgoing import SendText, What
from bot.model.person import Person
from bot.runtime.clock import Clock
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Sent
from bot.runtime.transaction import Transaction
from bot.store import EmbeddedServer, Keyring, open_store

LEASE_MS = 300


async def handler(tx: Transaction) -> None:
    body = tx.event.body
    name = f"counter of {tx.event.person}"
    counter = await tx.person(name) or Person(name, 0)
    tx.save(msgspec.structs.replace(counter, created_at=counter.created_at + 1))
    if isinstance(body, TextSaid):
        await asyncio.sleep(random.random() / 200)  # noqa: S311 - so that kills meet every moment
        lane = Lane.CRISIS if body.text.endswith("0") else Lane.NORMAL
        tx.send(Address("test", "student", tx.event.person), SendText(body.text), lane=lane)
        tx.start_timer(tx.event.id, tx.now + 5, tx.event.person, TimerRang("rang", data=body.text))
    if isinstance(body, TimerRang):
        tx.send(Address("test", "student", tx.event.person), SendText(f"rang {body.data}"))


class Recorder(FakePlatform):
    """Writes what arrives into a file that outlives the process."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
        sent = await super().send(to, what, message, arrived)
        assert isinstance(what, SendText)
        os.write(self._file, f"{to.chat}\t{what.text}\n".encode())
        await asyncio.sleep(random.random() / 200)  # noqa: S311
        return sent


async def main(data_dir: str, key: str, record: str) -> None:
    server = EmbeddedServer(Path(data_dir))
    await server.open()
    store = open_store(server.url, "crash", Keyring.from_text(key), lease_ms=LEASE_MS)
    await store.prepare()
    print("ready", flush=True)  # noqa: T201
    stop = asyncio.Event()
    clock = Clock(store.timers, Vitals(), now=wall_clock)
    await asyncio.gather(
        worker(store, handler).run(stop), sender(store, Recorder(Path(record))).run(stop), clock.run(stop)
    )


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
