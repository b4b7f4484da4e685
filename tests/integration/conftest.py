"""A real server for each test process, a program of its own for each test."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from bot.store import Keyring, RedisStore, new_key, open_store
from bot.store.embedded import binary, settings

REDIS = shutil.which("redis-server")


class Server:
    """A server of the tests' own, which they may stop, kill and start again."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        options = settings(self.folder, self.socket)
        options[options.index("--daemonize") + 1] = "no"
        self.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen([self.program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with self.client() as client:
            for _ in range(500):
                try:
                    client.ping()
                except redis.ConnectionError:
                    time.sleep(0.01)
                else:
                    return
        raise AssertionError("the test server did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket))


@pytest.fixture(scope="session", params=["valkey", "redis"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Both kinds of server; the second only where Debian's is installed."""
    if request.param == "redis" and REDIS is None:
        pytest.skip("redis-server is not installed")
    with _running(binary() if request.param == "valkey" else str(REDIS)) as made:
        yield made


@pytest.fixture
def own_server(server: Server) -> Iterator[Server]:
    """A server of the same kind for this test alone, which it may kill, fill and make read-only."""
    with _running(server.program) as made:
        yield made


@contextmanager
def _running(program: str) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="sebaya-test-"))
    made = Server(program, folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder)


@pytest.fixture
def program() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.from_text(new_key())


Opener = Callable[..., RedisStore]


@pytest.fixture
async def opener(server: Server, program: str, keyring: Keyring) -> AsyncIterator[Opener]:
    """Opens stores as separate processes would: each is a consumer of its own."""
    opened: list[RedisStore] = []

    def another(url: str = server.url, **options) -> RedisStore:
        opened.append(open_store(url, program, keyring, **options))
        return opened[-1]

    yield another
    await asyncio.gather(*(store.close() for store in opened))


@pytest.fixture
async def store(opener: Opener) -> RedisStore:
    made = opener()
    await made.prepare()
    return made
