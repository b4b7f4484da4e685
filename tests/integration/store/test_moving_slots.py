"""While a program's slot is moved to another node of a Cluster, and where Sentinels ask for a password."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from runtime_scene import FakePlatform, running, sender, worker
from server_groups import begin_move, cluster, end_move, move_some, opened, until, until_well, watched_pair
from store_scene import NOW, address, receive

from bot.model.event import TextSaid
from bot.model.outgoing import SendText
from bot.model.person import Person
from bot.runtime.loop import Vitals
from bot.runtime.store import StoreTrouble
from bot.runtime.transaction import Transaction
from bot.store import Keyring, Login, RedisStore, new_key, open_store
from bot.store.addressing import slot_of

PROGRAM = "program"
PEOPLE = [f"p_{number}" for number in range(8)]
PASSWORD = "only-for-sentinels"


async def answer(tx: Transaction) -> None:
    """Says again what was said, and keeps the person, so that a commit needs several keys."""
    assert isinstance(tx.event.body, TextSaid)
    tx.save(await tx.person(tx.event.person) or Person(tx.event.person, NOW))
    tx.send(address(tx.event.person), SendText(tx.event.body.text))


async def everybody_says(store: RedisStore, text: str) -> None:
    for person in PEOPLE:
        await until_well(partial(receive, store, person, text, key=f"student:{person}:{text}"))


@pytest.mark.timeout(90)
async def test_while_its_slot_is_moved_a_program_waits_and_then_goes_on_by_itself(tmp_path: Path) -> None:
    slot, platform, vitals = slot_of(PROGRAM), FakePlatform(), Vitals()
    async with cluster(tmp_path) as nodes:
        source = nodes[slot * 3 // 16_384]
        target, other = (node for node in nodes if node is not source)
        url = "redis+cluster://" + ",".join(node.address for node in nodes)
        async with (
            opened(url, PROGRAM) as store,
            running(worker(store, answer, vitals=vitals), sender(store, platform, vitals=vitals)),
        ):
            await everybody_says(store, "before")
            await until(lambda: len(platform.sent) == len(PEOPLE))
            await asyncio.to_thread(begin_move, slot, source, target)
            assert await asyncio.to_thread(move_some, slot, source, target, 5) == 5
            meanwhile = asyncio.create_task(everybody_says(store, "meanwhile"))
            await until(lambda: vitals.troubles)
            while await asyncio.to_thread(move_some, slot, source, target, 5):
                assert not meanwhile.done()
            await asyncio.to_thread(end_move, slot, source, target, [other])
            await meanwhile
            await everybody_says(store, "after")
            await until(lambda: len(platform.sent) >= 3 * len(PEOPLE) and not vitals.troubles)
            assert target.client.dbsize()
    assert platform.by_chat() == {person: ["before", "meanwhile", "after"] for person in PEOPLE}


@pytest.mark.timeout(90)
async def test_sentinels_with_a_password_of_their_own_are_asked_with_it(tmp_path: Path) -> None:
    async with watched_pair(tmp_path, PASSWORD) as (_, _, sentinel):
        url = f"redis+sentinel://{sentinel.address}/peers"
        async with opened(url, PROGRAM, sentinels=Login("default", PASSWORD)) as store:
            await receive(store, "p_a")
        stranger = open_store(url, PROGRAM, Keyring.from_text(new_key()))
        with pytest.raises(StoreTrouble, match="AuthenticationError"):
            await stranger.prepare()
        await stranger.close()
