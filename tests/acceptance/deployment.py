"""A whole deployment in processes of its own: a Telegram, one bot or its parts, and whoever plays in it."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from running import LOOK_EVERY_S, ROOT, SEBAYA, START_WITHIN_S, Running

from bot.app.inviting import invite
from bot.config import load
from bot.model.person import Role
from bot.store import new_key
from bot.store.embedded import socket_path

STUDENT, STAFF = 771001, 771002
"""The bots' numbers; the sandbox names a bot after its number."""
KNOWN_TO_THE_PLATFORM = "the platform knows the bots"
QUICK_DRIVER = "python-telegram-bot"
"""Its library loads in a tenth of the time: for tests that start the bot often."""


class Deployment:
    """Give settings as `crisis__lease="5s"`. Stop it, whatever happens."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.key = new_key()
        self.running: list[Running] = []
        """In the order in which they were started; the sandbox first."""
        self.sandbox = self._start(["sandbox", "--no-bot", "--port", "0"], {}, "sandbox")
        said = self.sandbox.wait_for_line(lambda line: "http://" in line)
        found = re.search(r"http://[\w.:]+", said)
        assert found is not None
        self.url = found.group()
        self.environ = {
            "SEBAYA_KEY": self.key,
            "SEBAYA__TELEGRAM__API_BASE": self.url,
            "SEBAYA__TELEGRAM__BOTS__STUDENT__TOKEN": f"{STUDENT}:{secrets.token_urlsafe(26)}",
            "SEBAYA__TELEGRAM__BOTS__STAFF__TOKEN": f"{STAFF}:{secrets.token_urlsafe(26)}",
            "SEBAYA__DATA_DIR": str(self.data),
            "SEBAYA__WEB__PORT": "0",
            **{f"SEBAYA__{name.upper()}": value for name, value in settings.items()},
        }

    # Processes.

    def run(self, only: str = "", name: str = "bot") -> Running:
        """`sebaya run`; returns once it works."""
        running = self.start(only, name)
        await_it = KNOWN_TO_THE_PLATFORM if not only or "gateway" in only else "the bot runs"
        running.wait_for_line(lambda line: await_it in line)
        return running

    def start(self, only: str = "", name: str = "bot") -> Running:
        """`sebaya run`, without waiting."""
        return self._start(["run", *(["--only", only] if only else [])], self.environ, name)

    def command(self, *arguments: str) -> str:
        """What a command of the program prints, run beside the bot."""
        environ = {**os.environ, "PYTHONPATH": str(ROOT), **self.environ}
        done = subprocess.run(
            [str(SEBAYA), *arguments], cwd=ROOT, env=environ, check=False, capture_output=True, text=True,
            timeout=START_WITHIN_S,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _start(self, arguments: list[str], environ: Mapping[str, str], name: str) -> Running:
        running = Running(arguments, environ, self.folder / f"{name}.log")
        self.running.append(running)
        return running

    def logs(self) -> list[Path]:
        return sorted(self.folder.glob("*.log"))

    @property
    def socket(self) -> Path:
        """Of the embedded server."""
        return socket_path(self.data)

    def kill_server(self) -> None:
        """SIGKILL for the embedded server; returns once it is gone."""
        number = server_of(self.data)
        assert number
        os.kill(number, signal.SIGKILL)
        until = time.monotonic() + START_WITHIN_S
        while server_of(self.data) == number:
            assert time.monotonic() < until
            time.sleep(LOOK_EVERY_S)

    def stop(self) -> None:
        """Kills everything that was started here, the embedded server included."""
        for running in reversed(self.running):
            running.kill()
        end_server(self.data)

    async def invitation(self, role: Role) -> str:
        """A code as `sebaya invite ROLE --trained` makes it, without the time that a process takes to start."""
        config = load(ROOT / "config.yaml", self.environ)
        return (await invite(config, self.key, role, trained=True)).code


def server_of(data: Path) -> int:
    """The process id of the embedded server over a data folder; 0 when none runs."""
    try:
        number = int((data / "redis.pid").read_text())
        runs = str(data) in Path(f"/proc/{number}/cmdline").read_text()
    except (OSError, ValueError):
        return 0
    return number if runs else 0


def end_server(data: Path) -> None:
    """Kills what bots that were killed have left behind."""
    if number := server_of(data):
        os.kill(number, signal.SIGKILL)


async def until(true: Callable[[], Awaitable[bool]], within_s: float = 30.0) -> None:
    """Waits for something that nobody announces."""
    async with asyncio.timeout(within_s):
        while not await true():  # noqa: ASYNC110 - see above
            await asyncio.sleep(LOOK_EVERY_S)
