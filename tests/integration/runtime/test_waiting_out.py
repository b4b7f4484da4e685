"""How long a chat waits after a failed attempt: longer each time, or as long as the platform says."""

from __future__ import annotations

import asyncio

import pytest
from runtime_scene import FakePlatform, running, sender, until
from store_scene import NOW, address, send

from bot.model.address import Address
from bot.model.outgoing import What
from bot.runtime.platform import TryLater
from bot.runtime.sender import FIRST_WAIT_MS, LONGEST_WAIT_MS
from bot.store import RedisStore


class Failing(FakePlatform):
    """Fails so many times."""

    def __init__(self, error: TryLater, times: int) -> None:
        super().__init__()
        self._left = times
        self.trouble = self._fail
        self._error = error

    def _fail(self, _to: Address, _what: What) -> None:
        self._left -= 1
        if self._left >= 0:
            raise self._error


async def waits(store: RedisStore, server, program: str, platform: Failing, times: int) -> list[int]:
    """For how long the chat is set aside after each attempt, in milliseconds; time stands still but for that."""
    found: list[int] = []
    key = f"sb:{{{program}}}:delayed"
    await send(store, "one")
    with server.client() as client:

        async def set_aside() -> float:
            async with asyncio.timeout(20):
                while not (due := client.zrange(key, 0, -1, withscores=True)):  # noqa: ASYNC110 - a server's state
                    await asyncio.sleep(0.01)
            return due[0][1]

        async with running(sender(store, platform, now=lambda: NOW)):
            for _ in range(times):
                due = int(await set_aside())
                found.append(due - NOW)
                assert await store.timers.wake(due - 1) == 0
                assert await store.timers.wake(due) == 1
            await until(lambda: platform.texts(address().chat) == ["one"])
    return found


async def test_without_a_named_time_each_wait_is_twice_the_one_before_up_to_the_longest(
    store: RedisStore, server, program: str
) -> None:
    found = await waits(store, server, program, Failing(TryLater("network"), 7), 7)
    assert found[:3] == [FIRST_WAIT_MS, 2 * FIRST_WAIT_MS, 4 * FIRST_WAIT_MS]
    assert found[-2:] == [LONGEST_WAIT_MS] * 2


@pytest.mark.parametrize("named_ms", [3_000, 90_000])
async def test_what_the_platform_names_is_waited_and_neither_more_nor_less(
    store: RedisStore, server, program: str, named_ms: int
) -> None:
    assert await waits(store, server, program, Failing(TryLater("limit", named_ms), 2), 2) == [named_ms] * 2
