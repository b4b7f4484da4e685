"""Loops run side by side, end together, and none can fail unnoticed."""

from __future__ import annotations

import asyncio

import pytest

from bot.app import loops
from bot.app.loops import run_all


class Waiting:
    def __init__(self) -> None:
        self.ended = False

    async def run(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.ended = True


class Failing:
    async def run(self, _: asyncio.Event) -> None:
        raise LookupError


class Done:
    async def run(self, _: asyncio.Event) -> None:
        return


class Deaf:
    async def run(self, _: asyncio.Event) -> None:
        await asyncio.Event().wait()


async def test_a_stop_ends_all_loops() -> None:
    stop, waiting = asyncio.Event(), Waiting()
    asyncio.get_running_loop().call_soon(stop.set)
    await run_all({"a": waiting, "b": Done()}, stop)
    assert waiting.ended


async def test_a_loop_that_is_done_leaves_the_others_running() -> None:
    stop, waiting = asyncio.Event(), Waiting()
    running = asyncio.create_task(run_all({"a": waiting, "b": Done()}, stop))
    await asyncio.sleep(0.02)
    assert not running.done()
    stop.set()
    await running


async def test_a_loop_that_fails_stops_the_others_and_is_told(caplog: pytest.LogCaptureFixture) -> None:
    waiting = Waiting()
    with pytest.raises(LookupError):
        await run_all({"a": waiting, "b": Failing()}, asyncio.Event())
    assert waiting.ended
    assert "a loop failed" in caplog.text


async def test_a_loop_that_does_not_hear_is_cancelled_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "STOP_WITHIN_S", 0.01)
    stop = asyncio.Event()
    stop.set()
    await asyncio.wait_for(run_all({"a": Deaf()}, stop), timeout=5)
