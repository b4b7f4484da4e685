"""The platform is told how each bot receives; where that can be undone unnoticed, again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.app import usernames
from bot.app.telegram import Introductions
from bot.runtime.loop import Vitals
from bot.runtime.platform import Menu, TryLater


class Platform:
    """Counts how often each bot was introduced; fails as often as it is told."""

    def __init__(self, failures: int = 0) -> None:
        self.prepared: list[str] = []
        self.failures = failures

    async def prepare(self, bot: str, menus: Sequence[Menu]) -> None:
        del menus
        if self.failures:
            self.failures -= 1
            raise TryLater("no-connection", 1)
        self.prepared.append(bot)

    async def username(self, bot: str) -> str:
        return f"{bot}_bot"


async def test_a_poller_is_introduced_once_and_its_name_is_noted(tmp_path: Path) -> None:
    platform: Any = Platform()
    await Introductions(platform, ("student", "staff"), (), tmp_path, Vitals()).run(asyncio.Event())
    assert sorted(platform.prepared) == ["staff", "student"]
    assert usernames.noted(tmp_path) == {"student": "student_bot", "staff": "staff_bot"}


async def test_a_webhook_that_somebody_has_removed_is_set_again(tmp_path: Path) -> None:
    platform: Any = Platform()
    stop = asyncio.Event()
    running = asyncio.create_task(Introductions(platform, ("student",), (), tmp_path, Vitals(), again_s=0.01).run(stop))
    async with asyncio.timeout(5):
        while len(platform.prepared) < 3:  # noqa: ASYNC110 - the loop tells nobody
            await asyncio.sleep(0.01)
    stop.set()
    await running


async def test_a_platform_that_does_not_answer_is_told_until_it_does(tmp_path: Path) -> None:
    platform: Any = Platform(failures=1)
    vitals = Vitals()
    running = asyncio.create_task(Introductions(platform, ("student",), (), tmp_path, vitals).run(asyncio.Event()))
    await asyncio.sleep(0.02)
    assert vitals.silences["student"].why == "no-connection"
    await running
    assert vitals.silences == {}
