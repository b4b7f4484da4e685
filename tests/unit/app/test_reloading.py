"""Changed content is noticed, and faulty content keeps nothing from running."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from bot.app import reloading
from bot.app.reloading import Reloading
from bot.model.source import Fault, FaultyContent, Place


class Library:
    """Counts how often it was told to load; fails while `faults` says so."""

    def __init__(self) -> None:
        self.loads = 0
        self.faults: tuple[Fault, ...] = ()
        self.loaded = asyncio.Event()

    async def load(self) -> bool:
        self.loads += 1
        self.loaded.set()
        if self.faults:
            raise FaultyContent(self.faults)
        return True

    async def is_told(self) -> None:
        await asyncio.wait_for(self.loaded.wait(), 5)
        self.loaded.clear()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reloading, "LOOK_EVERY_S", 0.01)


async def test_a_changed_file_is_loaded_once_and_an_unchanged_one_never(tmp_path: Path) -> None:
    library: Any = Library()
    stop = asyncio.Event()
    running = asyncio.create_task(Reloading(library, tmp_path).run(stop))
    await asyncio.sleep(0.05)
    assert library.loads == 0
    (tmp_path / "a.yaml").write_text("a")
    await library.is_told()
    await asyncio.sleep(0.05)
    assert library.loads == 1
    stop.set()
    await running


async def test_faults_are_logged_and_the_next_change_is_tried(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library: Any = Library()
    library.faults = (Fault(Place("flows/a.yaml", 3), "broken", "Mend it"),)
    stop = asyncio.Event()
    running = asyncio.create_task(Reloading(library, tmp_path).run(stop))
    await asyncio.sleep(0.02)
    (tmp_path / "a.yaml").write_text("a")
    await library.is_told()
    (tmp_path / "a.yaml").write_text("bb")
    await library.is_told()
    stop.set()
    await running
    assert "the old stays in use" in caplog.text
    assert vars(caplog.records[0])["faults"] == ["flows/a.yaml:3: broken. Mend it"]


async def test_sighup_has_the_content_read_again(tmp_path: Path) -> None:
    library: Any = Library()
    stop = asyncio.Event()
    running = asyncio.create_task(Reloading(library, tmp_path).run(stop))
    await asyncio.sleep(0.02)
    os.kill(os.getpid(), signal.SIGHUP)
    await library.is_told()
    stop.set()
    await running
