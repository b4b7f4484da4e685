"""Every promise here holds for every driver, over real HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from scripted_api import ScriptedApi

from bot.model.address import Address, Side
from bot.platforms import DRIVERS, create
from bot.platforms.telegram.platform import TelegramPlatform

STUDENT_TOKEN = "1001:" + "a" * 35
STAFF_TOKEN = "1002:" + "b" * 35
NOW = 1_700_000_000_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/contract" in item.path.as_posix():
            item.add_marker(pytest.mark.contract)


def person_of(platform: str, user: str) -> str:
    return hashlib.sha256(f"{platform}:{user}".encode()).hexdigest()[:16]


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
    made = create(
        driver,
        {"student": STUDENT_TOKEN, "staff": STAFF_TOKEN},
        api.base,
        person_of,
        {"student": Side.STUDENT, "staff": Side.STAFF},
        lambda: NOW,
    )
    await made.open()
    yield made
    await made.close()


@pytest.fixture
def chat() -> Address:
    return Address("telegram", "student", "7")
