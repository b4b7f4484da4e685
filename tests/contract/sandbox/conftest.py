"""The same promises against a Bot API server as strict as Telegram's published rules, with people at its phones.

Everything is tried in both modes. What makes sense in one only says so: `pytestmark = ONLY_POLLING`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram_bots import STAFF_TOKEN, STUDENT_TOKEN, platform_for
from two_bots import STAFF_BOT, STUDENT_BOT
from ways_in import Door, Inbox

from bot.platforms.telegram.platform import TelegramPlatform
from bot.sandbox.accounts import BotAccount
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    accounts = (
        BotAccount(STUDENT_TOKEN, STUDENT_BOT, "Sebaya"),
        BotAccount(STAFF_TOKEN, STAFF_BOT, "Staf", topics=True),
    )
    server = SandboxServer(accounts, first_retry_s=0.02)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def world(sandbox: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.url) as client:
        yield client


@pytest.fixture
async def platform(driver: str, door: Door | None, sandbox: SandboxServer) -> AsyncIterator[TelegramPlatform]:
    made = platform_for(driver, sandbox.url, door.webhook if door else None)
    if door is not None:
        door.platform = made
    await made.open()
    for bot in ("student", "staff"):
        await made.prepare(bot, ())
    yield made
    await made.close()


@pytest.fixture
def inbox(platform: TelegramPlatform, door: Door | None) -> Inbox:
    return Inbox(platform, door)


@pytest.fixture
async def siti(world: SandboxClient) -> Phone:
    return await world.phone("Siti", STUDENT_BOT, language="id-ID")


@pytest.fixture
async def dewi(world: SandboxClient, platform: TelegramPlatform) -> Phone:
    """A counselor, who has written to her bot."""
    phone = await world.phone("Dewi", STAFF_BOT)
    await phone.say("/start")
    return phone
