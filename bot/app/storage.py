"""Opens the store that the config names: a server of our own, or another; and waits until it can be used."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.config import Config
from bot.runtime.loop import Patience, Vitals, sleep_until
from bot.runtime.store import StoreTrouble
from bot.store import (
    EmbeddedServer,
    FaultyAddress,
    Keyring,
    Limits,
    Login,
    NoServer,
    RedisStore,
    open_store,
    whereabouts,
)

EMBEDDED = "embedded"
LOOK_EVERY_S = 1.0
"""How long a dead server of our own may stay unnoticed."""


@dataclass(frozen=True, slots=True)
class Storage:
    """The store, and what keeps its server alive where that is our own."""

    store: RedisStore
    server: EmbeddedServer | None


def limits_of(config: Config) -> Limits:
    """The bursts grow with what the platform allows; a sixth of the rate is for crises alone."""
    wanted = config.telegram.limits
    usual = Limits()
    return Limits(
        per_bot=wanted.per_second,
        bot_burst=wanted.per_second,
        reserve=wanted.per_second / 6,
        per_chat=wanted.per_chat,
        chat_burst=usual.chat_burst * wanted.per_chat,
    )


def sentinel_login(config: Config) -> Login:
    wanted = config.redis.sentinel
    return Login(wanted.username, wanted.password.get_secret_value())


def address_trouble(config: Config) -> str:
    """What the store finds wrong with its address, without asking anybody; empty for nothing."""
    if config.redis.url == EMBEDDED:
        return ""
    try:
        whereabouts(config.redis.url, config.program.name)
    except FaultyAddress as trouble:
        return told_of_address(trouble)
    return ""


def told_of_address(trouble: FaultyAddress) -> str:
    return f"redis.url: {trouble}. docs/operators.md shows how the address of each kind of server is written"


@asynccontextmanager
async def storage(config: Config, key: str) -> AsyncIterator[Storage]:
    """Raises NoServer, FaultyKey, FaultyProgramName, FaultyAddress."""
    keyring = Keyring.from_text(key)
    server = EmbeddedServer(config.data_dir) if config.redis.url == EMBEDDED else None
    if server is not None:
        await server.open()
    try:
        url = server.url if server else config.redis.url
        store = open_store(
            url, config.program.name, keyring,
            limits=limits_of(config), keep_failed_ms=config.retention.failed, sentinels=sentinel_login(config),
            replicas=config.redis.wait_replicas,
        )  # fmt: skip
        try:
            yield Storage(store, server)
        finally:
            await store.close()
    finally:
        if server is not None:
            await server.close()


class Tending:
    """A loop: looks after a server of our own, which a full machine may kill as well as us."""

    def __init__(self, server: EmbeddedServer, vitals: Vitals) -> None:
        self._server = server
        self._vitals = vitals

    async def run(self, stop: asyncio.Event) -> None:
        patience = Patience("embedded server", self._vitals)
        while not stop.is_set():
            try:
                await self._server.tend()
            except (NoServer, OSError) as trouble:
                await sleep_until(stop, patience.trouble(str(trouble)))
            else:
                patience.well()
                await sleep_until(stop, LOOK_EVERY_S)


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
