"""Looks at every part that the bot rests on, one after the other, and tells how each is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp

from bot.app.checking import check_content
from bot.app.orphans import find, mend
from bot.app.pulse import lengths
from bot.app.storage import storage
from bot.app.telegram import open_platform, sides
from bot.config import Config
from bot.platforms import MissingLibrary
from bot.runtime.platform import TryLater, Unauthorized
from bot.runtime.store import StoreTrouble
from bot.store import Keyring, NoServer, RedisStore, StoreHealth, WrongKey

MOST_TOLD = 20
"""Orphans that are told one by one."""
HEALTH_TIMEOUT = aiohttp.ClientTimeout(total=5)


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    well: bool
    told: str


async def examine(config: Config, key: str, *, repair: bool = False) -> AsyncIterator[Finding]:
    """With `repair` also has mended what nothing would ever move. Raises FaultyKey."""
    keyring = Keyring.from_text(key)
    yield _content(config)
    for finding in await _store(config, key, repair=repair):
        yield finding
    async for finding in _platform(config, keyring):
        yield finding
    yield await _running(config)


def _content(config: Config) -> Finding:
    found = check_content(config)
    if found.faults:
        return Finding("content", False, f"{len(found.faults)} faults; `sebaya check` lists them")
    return Finding("content", True, f"edition {found.edition}, {len(found.warnings)} warnings")


async def _store(config: Config, key: str, *, repair: bool) -> list[Finding]:
    try:
        async with storage(config, key) as kept:
            await kept.store.prepare()
            return [_well(await kept.store.admin.health()), *await _orphans(kept.store, repair=repair)]
    except (StoreTrouble, NoServer, WrongKey) as trouble:
        return [Finding("store", False, str(trouble))]


def _well(health: StoreHealth) -> Finding:
    waiting = {where: length for where, length in lengths(health).items() if length}
    told = f"answers in {health.latency_ms:.1f} ms; waiting: {waiting or 'nothing'}"
    if health.poison:
        return Finding("store", False, f"{told}. Events were kept aside because no handler could work them")
    return Finding("store", True, told)


async def _orphans(store: RedisStore, *, repair: bool) -> list[Finding]:
    """One finding for each, as far as anybody reads them."""
    found = await find(store.records)
    if not found:
        return [Finding("orphans", True, "none: something will move everybody who waits")]
    if not repair:
        told = [Finding("orphan", False, orphan.told) for orphan in found[:MOST_TOLD]]
        more = f", {len(found) - MOST_TOLD} of them not shown" if len(found) > MOST_TOLD else ""
        return [*told, Finding("orphans", False, f"{len(found)}{more}; `sebaya doctor --repair` mends them")]
    left = await mend(store, found)
    told = [Finding("orphan", False, f"{orphan.told}. Not mended yet") for orphan in left[:MOST_TOLD]]
    mended = len(found) - len(left)
    said = f"{mended} of {len(found)} mended" + ("; the others wait for a worker. Does one run?" if left else "")
    return [*told, Finding("orphans", not left, said)]


async def _platform(config: Config, keyring: Keyring) -> AsyncIterator[Finding]:
    try:
        platform = await open_platform(config, keyring)
    except MissingLibrary as trouble:
        yield Finding("platform", False, str(trouble))
        return
    try:
        for bot in sides(config):
            try:
                yield Finding(f"bot {bot}", True, f"@{await platform.username(bot)}")
            except TryLater as trouble:
                yield Finding(f"bot {bot}", False, f"the platform does not answer: {trouble.reason}")
            except Unauthorized:
                yield Finding(f"bot {bot}", False, "the platform does not know its token")
    finally:
        await platform.close()


async def _running(config: Config) -> Finding:
    """Asks the web port of a bot that should be running on this machine."""
    if not config.web.port:
        return Finding("running bot", True, "not looked at: web.port is 0, so nobody knows where it is")
    url = f"http://{config.web.host}:{config.web.port}/healthz"
    try:
        async with aiohttp.ClientSession(timeout=HEALTH_TIMEOUT) as session, session.get(url) as response:
            told = await response.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding("running bot", False, f"nobody answers at {url}")
    troubles = ", ".join(map(str, told.get("troubles", []))) if isinstance(told, dict) else "no health in its answer"
    return Finding("running bot", not troubles, troubles or f"well, at {url}")
