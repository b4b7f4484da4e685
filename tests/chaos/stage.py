"""A deployment in single processes, each of which can be killed, frozen, replaced and started again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from deployment import KNOWN_TO_THE_PLATFORM, Deployment
from running import ROOT, SEBAYA, Running

PARTS = {"gateway": "gateway", "worker-1": "worker", "worker-2": "worker", "sender-1": "sender", "sender-2": "sender",
         "clock": "clock"}  # fmt: skip
SETTINGS = {
    "telegram__limits__per_second": "500",
    "telegram__limits__per_chat": "20",
    "matching__offer": "6s",
    "matching__rest": "2s",
    "crisis__alarms": "4s,8s,12s",
    "crisis__lease": "12s",
    "crisis__lease_warning": "5s",
    "crisis__claims": "1",
    "waiting__rechecks": "10s,20s,30s",
}
"""Short deadlines, so that the clock has much to move in a short run; a paying bot's limits, so that much is sent."""
BREAKING = Path(__file__).with_name("guardless.py")


class Process(Running):
    """Any program that takes `sebaya`'s arguments."""

    def __init__(self, program: list[str], arguments: list[str], environ: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._began = log.stat().st_size if log.exists() else 0
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [*program, *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)


class Stage(Deployment):
    """`without` names a guard that the bot's processes run without (guardless.py)."""

    def __init__(self, folder: Path, *, driver: str, without: str = "") -> None:
        self._program = [sys.executable, str(BREAKING), without] if without else [str(SEBAYA)]
        # A copy: somebody may be editing the content while this runs.
        content = shutil.copytree(ROOT / "flows", folder / "flows")
        super().__init__(folder, telegram__driver=driver, content_dir=str(content), **SETTINGS)

    def _start(self, arguments: list[str], environ: Mapping[str, str], name: str) -> Running:
        program = self._program if arguments[0] == "run" else [str(SEBAYA)]
        process = Process(program, arguments, environ, self.folder / f"{name}.log")
        self.running.append(process)
        return process

    async def play(self) -> dict[str, Process]:
        """Starts every part; returns once all work."""
        started = {name: self.part(name) for name in PARTS}
        for name, process in started.items():
            line = KNOWN_TO_THE_PLATFORM if name == "gateway" else "the bot runs"
            await asyncio.to_thread(process.wait_for_line, lambda said, line=line: line in said)
        return started

    def part(self, name: str) -> Process:
        process = self.start(PARTS[name], name)
        assert isinstance(process, Process)
        return process


def now_ms() -> int:
    return time.time_ns() // 1_000_000
