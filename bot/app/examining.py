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
from bot.model.event import Milliseconds
from bot.platforms import MissingLibrary
from bot.runtime.loop import wall_clock
from bot.runtime.platform import Reception, TryLater, Unauthorized
from bot.runtime.store import StoreTrouble
from bot.store import Keyring, NoServer, RedisStore, StoreHealth, WrongKey

MINUTE_MS = 60_000
FRESH_MS = 10 * MINUTE_MS
"""A failure so long ago says nothing of now: the platform tries again every minute or two."""
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
                name, reception = await platform.username(bot), await platform.reception(bot)
                yield receiving(bot, name, reception, wall_clock(), by_webhook=config.telegram.by_webhook)
            except TryLater as trouble:
                yield Finding(f"bot {bot}", False, f"the platform does not answer: {trouble.reason}")
            except Unauthorized:
                yield Finding(f"bot {bot}", False, "the platform does not know its token")
    finally:
        await platform.close()


def receiving(bot: str, name: str, reception: Reception, now: Milliseconds, *, by_webhook: bool) -> Finding:
    """Whether the platform hands the bot's updates over as the config says, and gets rid of them."""
    told = f"@{name}, {reception.waiting} updates wait at the platform"
    wrong = ""
    if not reception.as_wanted and not by_webhook:
        wrong = "a webhook is set, though telegram.mode is polling; the gateway takes it away when it starts"
    elif not reception.as_wanted:
        found = "a webhook elsewhere than at telegram.webhook.url" if reception.pushes else "no webhook"
        wrong = f"{found} is set; the gateway sets it when it starts"
    if reception.failure and now - reception.failed_at < FRESH_MS:
        minutes = max(0, now - reception.failed_at) // MINUTE_MS
        failed = f"{minutes} min ago the platform could not hand one over: {reception.failure}"
        wrong = f"{wrong}; {failed}" if wrong else failed
    return Finding(f"bot {bot}", not wrong, f"{told}; {wrong}" if wrong else told)


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
