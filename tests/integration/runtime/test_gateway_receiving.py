"""The gateway loop: acknowledged only when stored, stored once, and urgent when in doubt."""

from __future__ import annotations

import asyncio

import pytest
from runtime_scene import FakePlatform, running, until
from store_scene import arrival, nothing_waits, take

from bot.model.event import Body, Lane, TextSaid
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals
from bot.runtime.platform import Batch, Crowded, TryLater, Unauthorized
from bot.runtime.store import Superseded
from bot.store import RedisStore


def calm(body: Body) -> Lane:
    return Lane.CRISIS if isinstance(body, TextSaid) and "mati" in body.text else Lane.NORMAL


def gateway(store: RedisStore, platform: FakePlatform, *, triage=calm, vitals: Vitals | None = None) -> Gateway:
    return Gateway(store.intake, platform, "student", triage, vitals or Vitals())


async def test_an_update_is_acknowledged_only_after_it_is_stored(own_server, opener) -> None:
    store = opener(own_server.url)
    await store.prepare()

    class Dying(FakePlatform):
        """While it answers the first look, the store dies."""

        async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
            if not self.looks:
                own_server.kill()
            return await super().receive(bot, cursor, wait_s)

    platform, vitals = Dying(), Vitals()
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


async def test_one_gateway_receives_for_a_bot_and_another_takes_over_when_it_dies(store: RedisStore, opener) -> None:
    first, second = FakePlatform(), FakePlatform()
    dying = asyncio.create_task(gateway(opener(lease_ms=1_500), first).run(asyncio.Event()))
    await until(lambda: first.looks)
    async with running(gateway(store, second)):
        await asyncio.sleep(0.3)
        assert not second.looks
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        await until(lambda: second.looks)
    assert second.looks == [""]


async def test_a_gateway_keeps_its_turn_through_a_look_that_is_longer_than_its_lease(store: RedisStore, opener) -> None:
    first, second = FakePlatform(), FakePlatform()
    async with running(gateway(opener(lease_ms=1_500), first)):
        await until(lambda: first.looks)
        async with running(gateway(store, second)):
            await asyncio.sleep(2.0)
    assert (first.looks, second.looks) == ([""], [])


async def test_a_gateway_that_was_frozen_past_its_lease_stores_nothing_and_looks_no_further(
    store: RedisStore, opener
) -> None:
    """What it had in hand is still with the platform: its successor brings it."""
    frozen = opener(lease_ms=100)

    class Freezing(FakePlatform):
        """While it answers the look, so much time passes that another has taken over."""

        async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
            batch = await super().receive(bot, cursor, wait_s)
            await asyncio.sleep(0.2)
            assert await store.intake.hold("test.student")
            return batch

    platform = Freezing()
    platform.batches = [Batch((arrival("p_a"),), "1")]
    vitals = Vitals()
    async with running(gateway(frozen, platform, vitals=vitals)):
        await until(lambda: platform.looks)
        await asyncio.sleep(0.5)
        assert await nothing_waits(store)
    assert (platform.looks, vitals.counts["updates"]) == ([""], 0)


async def test_two_processes_never_have_one_lease(store: RedisStore, opener) -> None:
    other = opener()
    assert await store.intake.hold("test.student")
    assert not await other.intake.hold("test.student")
    with pytest.raises(Superseded):
        await other.intake.receive([(arrival("p_a"), Lane.NORMAL)], poller="test.student")
    assert await store.intake.hold("test.student")
    await other.intake.release("test.student")
    assert not await other.intake.hold("test.student")
    await store.intake.release("test.student")
    assert await other.intake.hold("test.student")
