"""The two ways in which updates reach a bot: it looks for them, or Telegram posts them to the bot's web port."""

from __future__ import annotations

import asyncio
import functools
import io
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import aiohttp
from scripted_api import ScriptedApi, ok

from bot.console import Hook, NotNow, Pulse, WebPort
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.webhook import BIGGEST_BODY, SECRET_HEADER, Webhook, path_of, read_body
from bot.runtime.platform import Arrival, Batch

MODES = ("polling", "webhook")
SECRET = "s3cret_-A-long-enough"
BOTS = ("student", "staff")
WITHIN_S = 10.0
AGAIN_S = 0.01


class Door:
    """A web port that takes in as the program's does, and keeps what came. `platform` is the driver behind it."""

    platform: TelegramPlatform

    def __init__(self) -> None:
        self.came: dict[str, asyncio.Queue[Batch]] = {bot: asyncio.Queue() for bot in BOTS}
        self.refusals = 0
        """How many more bodies cannot be stored."""
        hooks = [Hook(path_of(bot), SECRET_HEADER, self._genuine, self._take(bot), BIGGEST_BODY) for bot in BOTS]
        self._port = WebPort("127.0.0.1", 0, _well, hooks)

    async def open(self) -> None:
        await self._port.open()
        self.base = f"http://127.0.0.1:{self._port.port}"
        self.webhook = Webhook(self.base, SECRET)

    async def close(self) -> None:
        await self._port.close()

    async def post(self, body: bytes | AsyncIterator[bytes], secret: str | None = SECRET, bot: str = "student") -> int:
        """As Telegram would; the status of the answer."""
        headers = {} if secret is None else {SECRET_HEADER: secret}
        url = self.base + path_of(bot)
        sent = io.BytesIO(body) if isinstance(body, bytes) else body
        async with aiohttp.ClientSession() as session, session.post(url, data=sent, headers=headers) as response:
            return response.status

    def taken(self, bot: str = "student") -> list[Batch]:
        queue = self.came[bot]
        return [queue.get_nowait() for _ in range(queue.qsize())]

    def _genuine(self, header: str | None) -> bool:
        return self.webhook.is_from_telegram(header)

    def _take(self, bot: str) -> functools.partial[object]:
        return functools.partial(self._store, bot)

    async def _store(self, bot: str, body: bytes) -> None:
        if self.refusals:
            self.refusals -= 1
            raise NotNow(AGAIN_S)
        self.came[bot].put_nowait(read_body(body, self.platform.origin(bot)))


async def _well() -> Pulse:
    return Pulse()


@asynccontextmanager
async def open_door(mode: str) -> AsyncIterator[Door | None]:
    """None where the bot looks for updates itself."""
    if mode == "polling":
        yield None
        return
    door = Door()
    await door.open()
    yield door
    await door.close()


class Scripted:
    """Brings made-up updates to the student's bot, and says what became of them."""

    def __init__(self, platform: TelegramPlatform, api: ScriptedApi, door: Door | None) -> None:
        self._platform = platform
        self._api = api
        self._door = door

    async def bring(self, *updates: object) -> Batch:
        if self._door is None:
            self._api.says("getUpdates", ok(list(updates)))
            return await self._platform.receive("student", "", 0)
        for update in updates:
            assert await self._door.post(json.dumps(update).encode()) == 200
        return together(self._door.taken())


class Inbox:
    """What a bot was given, one after the other, whichever way it came."""

    def __init__(self, platform: TelegramPlatform, door: Door | None) -> None:
        self._platform = platform
        self._door = door
        self._cursors = dict.fromkeys(BOTS, "")
        self._waiting: dict[str, list[Arrival]] = {bot: [] for bot in BOTS}

    async def next(self, count: int, bot: str = "student") -> list[Arrival]:
        """The next so many arrivals; waits for them."""
        waiting = self._waiting[bot]
        async with asyncio.timeout(WITHIN_S):
            while len(waiting) < count:
                waiting += (await self._batch(bot)).arrivals
        self._waiting[bot] = waiting[count:]
        return waiting[:count]

    async def _batch(self, bot: str) -> Batch:
        if self._door is not None:
            return await self._door.came[bot].get()
        batch = await self._platform.receive(bot, self._cursors[bot], WITHIN_S)
        self._cursors[bot] = batch.cursor
        return batch


def together(batches: Iterable[Batch]) -> Batch:
    """Several as if they had come at once."""
    kept = list(batches)
    ignored: Counter[str] = Counter()
    for batch in kept:
        ignored.update(batch.ignored)
    arrivals = tuple(arrival for batch in kept for arrival in batch.arrivals)
    return Batch(arrivals, max((one.cursor for one in kept), default=""), ignored, sum(one.malformed for one in kept))
