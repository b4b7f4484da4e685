"""Whose turn it is to look: it ends when another has it, is renewed by what is brought, and is given up at a stop."""

from __future__ import annotations

import asyncio

from runtime_scene import FakePlatform, running, until
from store_scene import arrival

from bot.model.event import Lane
from bot.runtime.gateway import Gateway
from bot.runtime.loop import Vitals
from bot.runtime.platform import Batch
from bot.store import RedisStore

POLLER = "test.student"


def gateway(store: RedisStore, platform: FakePlatform) -> Gateway:
    return Gateway(store.intake, platform, "student", lambda _: Lane.NORMAL, Vitals())


class Patient(FakePlatform):
    """Notes whose looks were ended before their time."""

    def __init__(self) -> None:
        super().__init__()
        self.cut = 0

    async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
        try:
            return await super().receive(bot, cursor, wait_s)
        except asyncio.CancelledError:
            self.cut += 1
            raise


async def test_a_look_ends_when_another_has_the_turn(store: RedisStore, opener) -> None:
    platform = Patient()
    async with running(gateway(opener(lease_ms=100), platform)):
        await until(lambda: platform.looks)
        async with asyncio.timeout(8):
            while not await store.intake.hold(POLLER):  # noqa: ASYNC110 - a lease in the store
                await asyncio.sleep(0.01)
        await until(lambda: platform.cut)
        assert await store.intake.hold(POLLER)
        assert platform.looks == [""]


async def test_a_gateway_that_stops_gives_its_turn_to_another_at_once(store: RedisStore, opener) -> None:
    platform = FakePlatform()
    async with running(gateway(opener(lease_ms=600_000), platform)):
        await until(lambda: platform.looks)
        assert not await store.intake.hold(POLLER)
    assert await store.intake.hold(POLLER)


async def test_whoever_brings_something_keeps_its_turn_for_a_whole_lease_more(opener, server, program: str) -> None:
    store, key = opener(lease_ms=600_000), f"sb:{{{program}}}:lease:{POLLER}"
    assert await store.intake.hold(POLLER)
    with server.client() as client:
        client.pexpire(key, 60_000)
        assert await store.intake.receive([(arrival("p_a"), Lane.NORMAL)], poller=POLLER) == 1
        assert client.pttl(key) > 60_000


async def test_a_dead_gateways_lease_lasts_no_longer_than_a_lease_where_the_servers_clock_was_set_back(
    store: RedisStore, opener, server, program: str
) -> None:
    """It ends at a time of that clock, which may be hours ahead after it was wrong."""
    key = f"sb:{{{program}}}:lease:{POLLER}"
    assert await opener().intake.hold(POLLER)  # and dies
    with server.client() as client:
        client.pexpire(key, 7 * 3_600_000)
        assert not await store.intake.hold(POLLER)
        assert 0 < client.pttl(key) <= 5_000
