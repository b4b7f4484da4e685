"""A strict server that posts to our webhook: with the secret, in order, again until we have stored it."""

from __future__ import annotations

import pytest
from telegram_bots import platform_for
from two_bots import ONLY_WEBHOOK
from ways_in import Door, Inbox

from bot.model.event import TextSaid
from bot.platforms.telegram.webhook import Webhook
from bot.runtime.platform import Crowded
from bot.sandbox.client import Phone
from bot.sandbox.server import SandboxServer

pytestmark = ONLY_WEBHOOK


async def test_who_has_a_webhook_cannot_look_besides(platform, siti: Phone) -> None:
    with pytest.raises(Crowded):
        await platform.receive("student", "", 0)


async def test_what_we_could_not_store_comes_again_in_order(inbox: Inbox, door: Door, siti: Phone) -> None:
    door.refusals = 2
    for text in ("satu", "dua", "tiga"):
        await siti.say(text)
    bodies = [arrival.event.body for arrival in await inbox.next(3)]
    assert [body.text for body in bodies if isinstance(body, TextSaid)] == ["satu", "dua", "tiga"]


async def test_what_waits_behind_another_secret_comes_when_ours_is_set(
    platform, driver: str, inbox: Inbox, door: Door, sandbox: SandboxServer, siti: Phone
) -> None:
    stranger = platform_for(driver, sandbox.url, Webhook(door.base, "another"))
    await stranger.open()
    await stranger.prepare("student", ())
    said = await siti.say("halo")
    await platform.prepare("student", ())
    [arrival] = await inbox.next(1)
    assert arrival.event.body == TextSaid("halo", str(said.id))
    await stranger.close()


async def test_a_bot_that_polls_again_gets_what_the_webhook_left(
    driver: str, platform, door: Door, sandbox: SandboxServer, siti: Phone
) -> None:
    door.refusals = 1_000_000
    await siti.say("halo")
    polling = platform_for(driver, sandbox.url)
    await polling.open()
    await polling.prepare("student", ())
    batch = await polling.receive("student", "", 5)
    assert [arrival.event.body.text for arrival in batch.arrivals] == ["halo"]
    await polling.close()
