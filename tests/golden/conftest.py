"""One real server for each test process, one program for each conversation; ids and keys are fixed."""

from __future__ import annotations

import base64
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.store import EmbeddedServer, Keyring, RedisStore, open_store

KEY = base64.b64encode(bytes(range(32))).decode()
"""Always the same: the order in which several people are told follows their ids, and those follow the key."""


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sebaya-golden-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
async def store_url(data_dir: Path) -> AsyncIterator[str]:
    embedded = EmbeddedServer(data_dir)
    await embedded.open()
    yield embedded.url
    await embedded.close()


@pytest.fixture
def store_program() -> str:
    return f"golden-{uuid.uuid4().hex}"


@pytest.fixture
async def store(store_url: str, store_program: str) -> AsyncIterator[RedisStore]:
    made = open_store(store_url, store_program, Keyring.from_text(KEY))
    await made.prepare()
    yield made
    await made.close()
