"""Runs the bot: the chosen parts in one process, until it is asked to stop."""

from __future__ import annotations

import asyncio
import functools
import logging
import random
import secrets
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

from bot.app.crisis_times import CrisisTimes
from bot.app.deciding import Deciding
from bot.app.drilling import Drills
from bot.app.failing import Failing
from bot.app.library import Library
from bot.app.loaded import settle
from bot.app.loops import Loop, run_all
from bot.app.pulse import PulseTaker
from bot.app.receiving import Receiving
from bot.app.reloading import Reloading
from bot.app.reporting import Reporting, process_name
from bot.app.storage import Tending, patiently, storage
from bot.app.talking import Talking
from bot.app.triage import AT_WORK, Triage, timed
from bot.config import Config, casework_settings
from bot.console import Hook, PortTaken, WebPort
from bot.model.event import Lane
from bot.runtime.clock import Clock
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.precedence import Precedence
from bot.runtime.worker import SLOTS, Worker
from bot.store import RedisStore
from handlers import Dispatcher

logger = logging.getLogger(__name__)

PARTS = ("gateway", "worker", "sender", "clock", "web")
READ_CONTENT = frozenset({"gateway", "worker"})
TALK = frozenset({"gateway", "sender"})
SEED_BITS = 64


async def serve(
    config: Config,
    key: str,
    parts: frozenset[str],
    stop: asyncio.Event,
    started: Callable[[RedisStore], None] | None = None,
) -> None:
    """Until `stop`. `started` is called when the store and the content are there and the loops begin.

    Raises FaultyContent, FaultyKey, FaultyProgramName, NoServer, WrongKey, MissingLibrary, PortTaken.
    """
    vitals = Vitals()
    async with AsyncExitStack() as opened:
        kept = await opened.enter_async_context(storage(config, key))
        store = kept.store
        process = process_name(parts)
        library = Library(config.content_dir, config.program.languages, store.admin)
        pulse = PulseTaker(process, vitals, store.admin, store.watcher, store.reports, library)
        triage = Triage(lambda: library.current.screening, vitals.measures)
        receiving = Receiving(config, store.intake, store.keyring, triage, vitals)
        if "web" in parts:
            web = await _open_web(config, pulse, receiving.hooks(), firm=parts == {"web"})
            opened.push_async_callback(web.close)
        await patiently(store.prepare, vitals, stop)
        if reads_content(config, parts):
            await patiently(library.load, vitals, stop)
        if stop.is_set():
            return
        logger.info("the bot runs", extra={"parts": [part for part in PARTS if part in parts]})
        store.mailboxes.on_change = CrisisTimes(vitals.measures)
        pulse.began = receiving.began = True
        settle()
        if started is not None:
            started(store)
        loops = _loops(config, parts, store, library, vitals)
        loops["reporting"] = Reporting(process, store.reports, vitals)
        if kept.server is not None:
            loops["tending"] = Tending(kept.server, vitals)
        await run_all(loops, stop)
    logger.info("the bot has stopped")


def drills(config: Config, parts: frozenset[str]) -> bool:
    return "clock" in parts and config.drill.every > 0


def reads_content(config: Config, parts: frozenset[str]) -> bool:
    """A webhook's receiver judges how urgent an update is, and needs the word lists for it; a drill needs its words."""
    receives = "web" in parts and config.telegram.by_webhook
    return bool(parts & READ_CONTENT) or receives or drills(config, parts)


async def _open_web(config: Config, pulse: PulseTaker, hooks: Sequence[Hook], *, firm: bool) -> WebPort:
    """A taken port keeps nobody from being helped: a free one does.

    Raises PortTaken where the port is all there is (`firm`), and where updates come in by it.
    """
    web = WebPort(config.web.host, config.web.port, pulse, hooks)
    try:
        await web.open()
    except PortTaken as trouble:
        if firm or hooks:
            raise
        logger.error("%s. A free port is used meanwhile", trouble)  # noqa: TRY400
        web = WebPort(config.web.host, 0, pulse)
        await web.open()
    logger.info("the web port is open", extra={"port": web.port})
    return web


def _loops(
    config: Config, parts: frozenset[str], store: RedisStore, library: Library, vitals: Vitals
) -> dict[str, Loop]:
    found: dict[str, Loop] = {"until asked": _UntilAsked()}
    precedence = Precedence()
    if "worker" in parts:
        found["worker"] = _worker(config, store, library, vitals, precedence)
    if "clock" in parts:
        found["clock"] = Clock(store.timers, vitals, now=wall_clock)
    if drills(config, parts):
        found["drills"] = Drills(store, library, config.drill.every, config.drill.open, vitals)
    if reads_content(config, parts):
        found["reloading"] = Reloading(library, config.content_dir)
    if parts & TALK:
        found["talking"] = Talking(config, parts, store, library, vitals, precedence)
    return found


def _worker(config: Config, store: RedisStore, library: Library, vitals: Vitals, precedence: Precedence) -> Worker:
    settings = casework_settings(config)
    triage = Triage(lambda: library.current.screening, vitals.measures)
    judging = functools.partial(timed, vitals.measures, AT_WORK)
    return Worker(
        store.mailboxes,
        Deciding(Dispatcher(library, settings, _log_trouble, judging), library),
        Deciding(Failing(library, settings, triage), library),
        vitals,
        now=wall_clock,
        seeds=lambda: secrets.randbits(SEED_BITS),
        chance=random.random,
        slots={**SLOTS, Lane.NORMAL: config.runtime.workers},
        precedence=precedence,
    )


def _log_trouble(event: str, trouble: str) -> None:
    logger.warning("content could not do what it says", extra={"event_id": event, "trouble": trouble})


class _UntilAsked:
    """Keeps a process that only serves the web port alive."""

    async def run(self, stop: asyncio.Event) -> None:
        await stop.wait()
