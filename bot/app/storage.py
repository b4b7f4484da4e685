"""Opens the store that the config names: a server of our own, or another; and waits until it can be used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.config import Config
from bot.runtime.loop import Patience, Vitals, sleep_until
from bot.runtime.store import StoreTrouble
from bot.store import EmbeddedServer, Keyring, RedisStore, open_store

EMBEDDED = "embedded"


@asynccontextmanager
async def storage(config: Config, key: str) -> AsyncIterator[RedisStore]:
    """Raises NoServer, FaultyKey, FaultyProgramName."""
    keyring = Keyring.from_text(key)
    server = EmbeddedServer(config.data_dir) if config.redis.url == EMBEDDED else None
    if server is not None:
        await server.open()
    try:
        store = open_store(server.url if server else config.redis.url, config.program.name, keyring)
        try:
            yield store
        finally:
            await store.close()
    finally:
        if server is not None:
            await server.close()


async def patiently(act: Callable[[], Awaitable[object]], vitals: Vitals, stop: asyncio.Event) -> None:
    """Does something that the store must be there for, however long that takes, or until a stop."""
    patience = Patience("start", vitals)
    while not stop.is_set():
        try:
            await act()
        except StoreTrouble as trouble:
            await sleep_until(stop, patience.trouble(str(trouble)))
        else:
            patience.well()
            return
