"""Processes to measure, and what they cost: the bots, the server that loads them, the embedded store."""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import IO, Any, ClassVar, Protocol, TypeVar


class Numbers(Protocol):
    """A dataclass whose fields are numbers."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Row = TypeVar("Row", bound=Numbers)

ROOT = Path(__file__).resolve().parents[1]
SEBAYA = Path(sys.executable).with_name("sebaya")
STUDENT_TOKEN, STAFF_TOKEN = "1001:" + "a" * 35, "1002:" + "b" * 35
ECHOES = {"aiogram": "bare_echo.py", "python-telegram-bot": "bare_echo_ptb.py"}
"""The bare echo bot of each library."""
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MB = 1_000_000
MOST_SAID = 600
"""Of the end of a bot's log, where it should not have ended."""


@contextmanager
def load_server(conversation: str, people: int, at_once: int, settling_s: float = 1.0) -> Iterator[tuple[str, IO[str]]]:
    """The address of a load server, and its output: a line of JSON when everybody is through."""
    command = [sys.executable, str(ROOT / "benchmarks" / "load_server.py"), "--conversation", conversation]
    command += ["--people", str(people), "--at-once", str(at_once), "--settling", str(settling_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}", process.stdout
        finally:
            process.kill()


@contextmanager
def bare_echo(api_base: str, library: str = "aiogram") -> Iterator[int]:
    """Its process id."""
    command = [sys.executable, str(ROOT / "benchmarks" / ECHOES[library]), api_base, STUDENT_TOKEN]
    with subprocess.Popen(command) as process:
        try:
            yield process.pid
        finally:
            process.kill()


@contextmanager
def sebaya(api_base: str, **settings: str) -> Iterator[tuple[int, Path]]:
    """The whole bot in one process over an embedded store of its own: its process id and its data folder."""
    with (
        tempfile.TemporaryDirectory(prefix="sebaya-bench-") as folder,
        part_of_sebaya(api_base, Path(folder), new_key(), **settings) as pid,
    ):
        yield pid, Path(folder)


@contextmanager
def part_of_sebaya(api_base: str, folder: Path, key: str, *options: str, **settings: str) -> Iterator[int]:
    """`sebaya run` with these options, over the embedded store in `folder`: its process id."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "SEBAYA_KEY": key,
        "SEBAYA__TELEGRAM__API_BASE": api_base,
        "SEBAYA__TELEGRAM__BOTS__STUDENT__TOKEN": STUDENT_TOKEN,
        "SEBAYA__TELEGRAM__BOTS__STAFF__TOKEN": STAFF_TOKEN,
        "SEBAYA__DATA_DIR": str(folder),
        "SEBAYA__WEB__PORT": "0",
        # No pacing: what the program can do is measured, not what Telegram lets a bot do that does not pay.
        "SEBAYA__TELEGRAM__LIMITS__PER_SECOND": "100000",
        "SEBAYA__TELEGRAM__LIMITS__PER_CHAT": "1000",
        **{f"SEBAYA__{name.upper()}": value for name, value in settings.items()},
    }
    command = [str(SEBAYA), "run", *options]
    with (
        (folder / "said.log").open("a+", encoding="utf-8") as said,
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        try:
            yield process.pid
        finally:
            ended_by_itself = process.poll() is not None
            process.send_signal(signal.SIGTERM)
            process.wait()
            if ended_by_itself:
                said.seek(0)
                raise SystemExit(f"the bot has ended by itself: {said.read()[-MOST_SAID:]}")


def new_key() -> str:
    return subprocess.run([str(SEBAYA), "key", "new"], check=True, capture_output=True, text=True).stdout.strip()


def store_of(folder: Path) -> int:
    """The process id of the embedded server."""
    return int((folder / "redis.pid").read_text())


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / MB


def p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def medians(rounds: Sequence[Row]) -> Row:
    """The median of each field of a dataclass of numbers."""
    fields = zip(*map(astuple, rounds), strict=True)
    return type(rounds[0])(*map(statistics.median, fields))


def table(heads: list[str], rows: list[list[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *[[str(cell) for cell in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def last_json(lines: IO[str]) -> Mapping[str, Any]:
    """Waits for the result."""
    for line in lines:
        if re.match(r"\s*\{", line):
            found: Mapping[str, Any] = json.loads(line)
            return found
    raise SystemExit("the load server ended without a result")
