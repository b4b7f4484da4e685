"""Killed at any moment, and started again: nothing lost, nothing twice in effect, order kept."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import crashing_bot
import pytest
from store_scene import NOW, arrival

from bot.model.event import Lane
from bot.store import EmbeddedServer, Keyring, RedisStore, new_key, open_store

PEOPLE, TEXTS, KILLS, WITHIN_S = 10, 20, 6, 40
FREEZES, FROZEN_S = 4, 1.7
"""Longer than the bots' lease and the time in which another looks for the lines of the dead."""


async def start_bot(data_dir: Path, key: str, record: Path) -> asyncio.subprocess.Process:
    folder = Path(crashing_bot.__file__).parent
    path = os.pathsep.join((str(folder.parent), str(Path.cwd())))
    process = await asyncio.create_subprocess_exec(
        sys.executable, crashing_bot.__file__, str(data_dir), key, str(record),
        stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


async def counted(store: RedisStore) -> list[int]:
    await store.intake.receive([(arrival("p_reader"), Lane.BULK)])
    work = (await store.mailboxes.ready(Lane.BULK, 1, 1))[0]
    tx = store.mailboxes.begin(work, NOW, 1)
    counters = [await tx.person(f"counter of p_{person}") for person in range(PEOPLE)]
    return [counter.created_at for counter in counters if counter is not None]


def by_chat(record: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    for line in record.read_text().splitlines():
        chat, text = line.split("\t")
        found[chat].append(text)
    return found


def without_repetition(texts: list[str]) -> list[str]:
    """What was in flight at a kill may come twice, one directly after the other."""
    return [text for text, _ in groupby(texts)]


@pytest.mark.timeout(90)
@pytest.mark.parametrize("victim", ["bot", "server"])
async def test_a_bot_or_a_store_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path, victim: str) -> None:
    key, record = new_key(), tmp_path / "record"
    record.touch()
    server = EmbeddedServer(tmp_path / "data")
    await server.open()
    servers = [server]
    store = open_store(server.url, "crash", Keyring.from_text(key))
    await store.prepare()
    expected = [f"text {number}" for number in range(TEXTS)]
    for text in expected:
        await store.intake.receive([(arrival(f"p_{person}", text), Lane.NORMAL) for person in range(PEOPLE)])
    chance = random.Random(7)  # noqa: S311
    bot = await start_bot(tmp_path / "data", key, record)
    for _ in range(KILLS):
        await asyncio.sleep(chance.random() * 0.3)
        if victim == "bot":
            bot.kill()
            await bot.wait()
            bot = await start_bot(tmp_path / "data", key, record)
        else:
            os.kill(int((tmp_path / "data" / "redis.pid").read_text()), signal.SIGKILL)
            await asyncio.sleep(0.05)
            servers.append(EmbeddedServer(tmp_path / "data"))
            await servers[-1].open()
    wanted = set(expected) | {f"rang {text}" for text in expected}
    async with asyncio.timeout(WITHIN_S):
        while not all(wanted <= set(by_chat(record)[f"p_{person}"]) for person in range(PEOPLE)):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    bot.kill()
    await bot.wait()
    for person in range(PEOPLE):
        texts = without_repetition(by_chat(record)[f"p_{person}"])
        assert [text for text in texts if not text.startswith("rang")] == expected
        assert sorted(texts) == sorted(wanted)
    await store.close()
    store = open_store(server.url, "crash", Keyring.from_text(key))
    assert await counted(store) == [TEXTS * 2] * PEOPLE
    assert (await store.admin.health()).poison == 0
    await store.close()
    for each in servers:
        await each.close()


@pytest.mark.timeout(90)
async def test_a_process_frozen_past_its_leases_and_continued_does_no_harm(tmp_path: Path) -> None:
    """What it still believes to hold is refused; but for the message in flight, it sends nothing any more."""
    key, record = new_key(), tmp_path / "record"
    record.touch()
    server = EmbeddedServer(tmp_path / "data")
    await server.open()
    store = open_store(server.url, "crash", Keyring.from_text(key))
    await store.prepare()
    bots = [await start_bot(tmp_path / "data", key, record) for _ in range(2)]
    chance = random.Random(7)  # noqa: S311
    expected = [f"text {number}" for number in range(FREEZES * 5)]
    for freeze in range(FREEZES):
        for text in expected[freeze * 5 : freeze * 5 + 5]:
            await store.intake.receive([(arrival(f"p_{person}", text), Lane.NORMAL) for person in range(PEOPLE)])
        await asyncio.sleep(chance.random() * 0.1)
        bots[freeze % 2].send_signal(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_S)
        bots[freeze % 2].send_signal(signal.SIGCONT)
    wanted = set(expected) | {f"rang {text}" for text in expected}
    async with asyncio.timeout(WITHIN_S):
        while not all(wanted <= set(by_chat(record)[f"p_{person}"]) for person in range(PEOPLE)):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    for bot in bots:
        bot.kill()
        await bot.wait()
    for person in range(PEOPLE):
        shown = by_chat(record)[f"p_{person}"]
        # Whoever is frozen in the midst of a send ends it when they thaw: that one message comes late, and again.
        texts = list(dict.fromkeys(shown))
        assert len(without_repetition(shown)) - len(texts) <= FREEZES
        assert [text for text in texts if not text.startswith("rang")] == expected
        assert sorted(texts) == sorted(wanted)
    assert await counted(store) == [len(wanted)] * PEOPLE
    assert (await store.admin.health()).poison == 0
    await store.close()
    await server.close()
