"""Delivers a bot's updates to its webhook: in order within each chat, again and again until a 2xx answers.

The first repetition comes soon, then the pauses double up to a minute, as Telegram does. An update leaves the queue
when it was taken. One task looks for work; one task a chat delivers.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox.updates import Update

if TYPE_CHECKING:
    from bot.sandbox.bot import Bot

Json = dict[str, Any]
Answer = Callable[["Bot", Json], Awaitable[None]]

LONGEST_RETRY_S = 60.0
REQUEST_TIMEOUT_S = 30.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class Webhook:
    """One webhook of one bot. `start` and `stop` own its tasks."""

    def __init__(self, bot: Bot, url: str, secret: str, connections: int, *, answer: Answer) -> None:
        self.url = url
        self._bot = bot
        self._secret = secret
        self._connections = connections
        self._answer = answer
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._main: asyncio.Task[None] | None = None
        self._error = ""
        self._error_at = 0

    def start(self, *, first_retry_s: float) -> None:
        self._main = asyncio.create_task(self._run(first_retry_s))

    async def stop(self) -> None:
        tasks = [task for task in (self._main, *self._busy.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._main = None
        self._busy.clear()

    def troubles(self) -> Json:
        told: Json = {"max_connections": self._connections}
        return told | ({"last_error_date": self._error_at, "last_error_message": self._error} if self._error else {})

    async def _run(self, first_retry_s: float) -> None:
        timeout = aiohttp.ClientTimeout(total=REQUEST_TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                for update in self._heads():
                    task = asyncio.create_task(self._deliver(session, update, first_retry_s))
                    self._busy[update.chat] = task
                    task.add_done_callback(partial(self._free, update.chat))
                await self._bot.updates.bell.wait()

    def _free(self, chat: int, _: asyncio.Task[None]) -> None:
        self._busy.pop(chat, None)
        self._bot.updates.bell.ring()

    def _heads(self) -> list[Update]:
        """The oldest update of each chat that is not being delivered, as far as connections allow."""
        heads: dict[int, Update] = {}
        for update in self._bot.updates.pending:
            if update.chat not in self._busy:
                heads.setdefault(update.chat, update)
        return list(heads.values())[: self._connections - len(self._busy)]

    async def _deliver(self, session: aiohttp.ClientSession, update: Update, first_retry_s: float) -> None:
        pause = first_retry_s
        while not await self._attempt(session, update):
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_RETRY_S)
        self._bot.updates.remove(update)

    async def _attempt(self, session: aiohttp.ClientSession, update: Update) -> bool:
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            async with session.post(self.url, json=update.body, headers=headers) as response:
                if not 200 <= response.status < 300:
                    return self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                reply = _json_or_none(await response.read())
        except TimeoutError:
            return self._failed("Connection timed out")
        except aiohttp.ClientConnectorError:
            return self._failed("Connection refused")
        except aiohttp.ClientError:
            return self._failed("Connection closed")
        self._bot.updates.fetched(update)
        if isinstance(reply, dict) and "method" in reply:
            await self._answer(self._bot, reply)
        return True

    def _failed(self, why: str) -> bool:
        self._error, self._error_at = why, int(time.time())
        return False


def _json_or_none(body: bytes) -> object:
    """A webhook may answer with a method to run; anything else in the body is passed over."""
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None
