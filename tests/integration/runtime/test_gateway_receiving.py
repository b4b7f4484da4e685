"""The gateway loop: acknowledged only when stored, stored once, and urgent when in doubt."""

from __future__ import annotations

import asyncio

from runtime_scene import FakePlatform, running, until
from store_scene import arrival, nothing_waits, take

from bot.model.event import Body, Lane, TextSaid
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals
from bot.runtime.platform import Batch, Crowded, TryLater, Unauthorized
from bot.store import RedisStore


def calm(body: Body) -> Lane:
    return Lane.CRISIS if isinstance(body, TextSaid) and "mati" in body.text else Lane.NORMAL


def gateway(store: RedisStore, platform: FakePlatform, *, triage=calm, vitals: Vitals | None = None) -> Gateway:
    return Gateway(store.intake, platform, "student", triage, vitals or Vitals())


async def test_an_update_is_acknowledged_only_after_it_is_stored(own_server, opener) -> None:
    store = opener(own_server.url)
    await store.prepare()
    platform, vitals = FakePlatform(), Vitals()
    own_server.kill()
    platform.batches = [Batch((arrival("p_a", "halo"),), "1")]
    async with running(gateway(store, platform, vitals=vitals)):
        await until(lambda: vitals.troubles)
        await asyncio.sleep(0.3)
        assert platform.looks == [""]
        own_server.start()
        await until(lambda: platform.looks == ["", "1"])
    assert not vitals.troubles
    assert (await take(store)).ticket.line == "p_a"


async def test_an_update_that_comes_again_takes_effect_once(store: RedisStore) -> None:
    platform, vitals = FakePlatform(), Vitals()
    again = arrival("p_a", "halo", "student:1")
    platform.batches = [Batch((again,), "1"), Batch((again, arrival("p_b", "hai")), "2")]
    async with running(gateway(store, platform, vitals=vitals)):
        await until(lambda: "2" in platform.looks)
    assert (vitals.counts["updates"], vitals.counts["updates repeated"]) == (2, 1)
    works = await store.mailboxes.ready(Lane.NORMAL, 10, 0)
    assert [work.ticket.line for work in works] == ["p_a", "p_b"]


async def test_a_crisis_takes_the_crisis_lane_from_the_first_step(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.batches = [Batch((arrival("p_a", "halo"), arrival("p_b", "aku mau mati")), "1")]
    async with running(gateway(store, platform)):
        await until(lambda: "1" in platform.looks)
    assert (await take(store, Lane.CRISIS)).ticket.line == "p_b"
    assert (await take(store)).ticket.line == "p_a"


async def test_a_message_whose_triage_fails_counts_as_a_crisis(store: RedisStore) -> None:
    def broken(body: Body) -> Lane:
        raise ValueError

    platform = FakePlatform()
    platform.batches = [Batch((arrival("p_a", "halo"),), "1")]
    async with running(gateway(store, platform, triage=broken)):
        await until(lambda: "1" in platform.looks)
    assert (await take(store, Lane.CRISIS)).ticket.line == "p_a"


async def test_troubles_of_the_platform_are_waited_out(store: RedisStore) -> None:
    platform, vitals = FakePlatform(), Vitals()
    platform.batches = [
        TryLater("network"), Crowded(), RuntimeError("a driver's bug"), Unauthorized(),
        Batch((arrival("p_a", "halo"),), "1", {"group": 2}, 1),
    ]  # fmt: skip
    async with running(gateway(store, platform, vitals=vitals)):
        await until(lambda: "1" in platform.looks)
    assert not vitals.troubles
    assert vitals.counts["updates ignored: group"] == 2
    assert vitals.counts["updates malformed"] == 1
    assert not await nothing_waits(store)


async def test_a_stop_does_not_wait_for_a_long_look(store: RedisStore) -> None:
    platform = FakePlatform()
    async with asyncio.timeout(2), running(gateway(store, platform)):
        await until(lambda: platform.looks)
