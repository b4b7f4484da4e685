"""A platform that keeps what it is sent and fails as it is told, and short ways to run real loops."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from bot.model.address import Address
from bot.model.outgoing import SendText, What
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import Batch, Menu, Sent
from bot.runtime.sender import Sender
from bot.runtime.transaction import Transaction
from bot.runtime.worker import Worker
from bot.store import RedisStore

WITHIN_S = 8.0


class FakePlatform:
    """Fills `Platform`. `trouble` is asked before each message and may raise; `batches` are handed out in order."""

    name = "test"

    def __init__(self) -> None:
        self.sent: list[tuple[str, What, str]] = []
        self.trouble: Callable[[Address, What], None] = lambda *_: None
        self.batches: list[Batch | Exception] = []
        self.looks: list[str] = []
        self.slow_s = 0.0
        self.left_out: list[tuple[str, ...]] = []
        """Of each that is sent, the parts that it was told have arrived before."""
        self.parts = 1
        """How many messages each one becomes, numbered `3`, `3.2`, `3.3`."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def prepare(self, bot: str, menus: Sequence[Menu]) -> None: ...

    async def username(self, bot: str) -> str:
        return bot

    async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
        assert bot == "student"
        self.looks.append(cursor)
        if not self.batches:
            await asyncio.sleep(wait_s)
            return Batch((), cursor)
        batch = self.batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return batch

    async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
        if self.slow_s:
            await asyncio.sleep(self.slow_s)
        self.trouble(to, what)
        self.left_out.append(arrived)
        self.sent.append((to.chat, what, message))
        number = str(len(self.sent))
        return Sent((number, *(f"{number}.{part}" for part in range(2, self.parts + 1))))

    def texts(self, chat: str = "") -> list[str]:
        return [what.text for at, what, _ in self.sent if isinstance(what, SendText) and chat in {"", at}]

    def by_chat(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for chat, what, _ in self.sent:
            if isinstance(what, SendText):
                found[chat].append(what.text)
        return dict(found)


class Loop(Protocol):
    async def run(self, stop: asyncio.Event) -> None: ...


@asynccontextmanager
async def running(*loops: Loop) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(loop.run(stop)) for loop in loops]
    try:
        yield
        for task in tasks:
            if task.done():
                task.result()
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not condition():  # noqa: ASYNC110 - what is awaited is anything
            await asyncio.sleep(0.01)


async def no_answer(tx: Transaction) -> None:
    tx.send(tx.event.address or Address("test", "student", "fallback"), SendText("sorry"))


def worker(store: RedisStore, handler, *, on_failure=no_answer, vitals: Vitals | None = None, **options) -> Worker:
    return Worker(
        store.mailboxes, handler, on_failure, vitals or Vitals(), now=wall_clock,
        seeds=lambda: random.getrandbits(64), chance=lambda: 0.0, **options,
    )  # fmt: skip


def sender(store: RedisStore, platform: FakePlatform, *, vitals: Vitals | None = None, **options) -> Sender:
    options.setdefault("now", wall_clock)
    return Sender(store.outbox, {"test": platform}, vitals or Vitals(), chance=lambda: 0.0, **options)
