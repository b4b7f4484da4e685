"""A real process of the program, in a group of its own, with its log in a file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEBAYA = Path(sys.executable).with_name("sebaya")
START_WITHIN_S = 60.0
"""A platform's library alone takes several seconds to load, more on a busy machine."""
END_WITHIN_S = 20.0
LOOK_EVERY_S = 0.02


class Running:
    """`sebaya ARGUMENTS`, until it is stopped or killed."""

    def __init__(self, arguments: list[str], environ: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._began = log.stat().st_size if log.exists() else 0
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [str(SEBAYA), *arguments], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def lines(self) -> list[str]:
        """What this process has written so far."""
        with self.log.open("rb") as file:
            file.seek(self._began)
            return file.read().decode("utf-8").splitlines()

    def events(self) -> list[dict[str, Any]]:
        """Its log lines that are JSON."""
        return [json.loads(line) for line in self.lines() if line.startswith("{")]

    def wait_for_line(self, fits: Callable[[str], bool], within_s: float = START_WITHIN_S) -> str:
        """The first line that fits. Raises AssertionError with the whole log when none comes."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            ended = self.process.poll() is not None
            for line in self.lines():
                if fits(line):
                    return line
            if ended:
                break
            time.sleep(LOOK_EVERY_S)
        raise AssertionError("the line did not come; the log is:\n" + "\n".join(self.lines()))

    def kill(self) -> None:
        """At once, without a word: SIGKILL for the whole group."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Asks it to finish, and returns its exit code; kills it where it does not."""
        self._signal(signal.SIGTERM)
        try:
            return self.process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("it did not end in time; the log is:\n" + "\n".join(self.lines())) from None

    def _signal(self, number: int) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
