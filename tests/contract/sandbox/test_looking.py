"""Polling a strict server: through troubles, crashes and a second poller, nothing is lost."""

from __future__ import annotations

import asyncio

import pytest
from telegram_bots import platform_for
from two_bots import ONLY_POLLING

from bot.model.event import TextSaid
from bot.platforms.telegram.platform import TelegramPlatform
from bot.runtime.platform import Batch, Crowded, TryLater, Unauthorized
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer

pytestmark = ONLY_POLLING
WAIT_S = 5.0


async def look(platform: TelegramPlatform, cursor: str = "") -> Batch:
    return await platform.receive("student", cursor, WAIT_S)


@pytest.mark.parametrize("kind", ["500", "502", "nonsense", "drop-before", "drop-after"])
async def test_nothing_is_lost_by_troubles_while_looking(
    platform, siti: Phone, world: SandboxClient, kind: str
) -> None:
    await siti.say("satu")
    batch = await look(platform)
    await siti.say("dua")
    await world.fault(kind, "getUpdates")
    with pytest.raises(TryLater):
        await look(platform, batch.cursor)
    again = await look(platform, batch.cursor)
    assert [arrival.event.body.text for arrival in again.arrivals] == ["dua"]


async def test_after_a_crash_what_was_not_acknowledged_comes_again(platform, driver, sandbox, siti: Phone) -> None:
    await siti.say("satu")
    before = await look(platform)
    await platform.close()
    born_again = platform_for(driver, sandbox.url)
    await born_again.open()
    after = await look(born_again)
    await born_again.close()
    assert [arrival.key for arrival in after.arrivals] == [arrival.key for arrival in before.arrivals]


@pytest.mark.parametrize(("kind", "error"), [("401", Unauthorized), ("409", Crowded), ("429", TryLater)])
async def test_what_telegram_says_to_a_look_has_a_name(platform, world, siti, kind: str, error) -> None:
    await world.fault(kind, "getUpdates")
    with pytest.raises(error):
        await look(platform)


async def test_of_two_pollers_the_first_is_told_and_the_second_hears(
    platform, driver: str, sandbox: SandboxServer, world: SandboxClient, siti: Phone
) -> None:
    first = asyncio.create_task(look(platform))
    async with asyncio.timeout(WAIT_S):
        while not (await world.bots())[0]["online"]:  # noqa: ASYNC110 - nobody announces that a poll waits
            await asyncio.sleep(0.01)
    other = platform_for(driver, sandbox.url)
    await other.open()
    second = asyncio.create_task(look(other))
    with pytest.raises(Crowded):
        await first
    said = await siti.say("halo")
    assert [arrival.event.body for arrival in (await second).arrivals] == [TextSaid("halo", str(said.id))]
    await other.close()
