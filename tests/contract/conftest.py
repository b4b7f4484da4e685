"""Every promise here holds for every driver, over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from scripted_api import ScriptedApi
from telegram_bots import platform_for
from ways_in import MODES, Door, Scripted, open_door

from bot.model.address import Address
from bot.platforms import DRIVERS
from bot.platforms.telegram.platform import TelegramPlatform


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/contract" in item.path.as_posix():
            item.add_marker(pytest.mark.contract)


@pytest.fixture
async def api() -> AsyncIterator[ScriptedApi]:
    scripted = ScriptedApi()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/bot{token}/{method}", scripted.method)
    app.router.add_get("/file/bot{token}/{path:.+}", scripted.file)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    scripted.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield scripted
    scripted.over.set()
    await runner.cleanup()


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def platform(driver: str, api: ScriptedApi) -> AsyncIterator[TelegramPlatform]:
    """Two bots: `student` and `staff`."""
    made = platform_for(driver, api.base)
    await made.open()
    yield made
    await made.close()


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def door(mode: str) -> AsyncIterator[Door | None]:
    async with open_door(mode) as opened:
        yield opened


@pytest.fixture
def way(platform: TelegramPlatform, api: ScriptedApi, door: Door | None) -> Scripted:
    if door is not None:
        door.platform = platform
    return Scripted(platform, api, door)


@pytest.fixture
def chat() -> Address:
    return Address("telegram", "student", "7")
