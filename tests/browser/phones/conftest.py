"""The page in a real browser, on a sandbox with two people and a small scripted bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from echo_bot import EchoBot, keep
from page_scene import BOT, SCENE
from playwright.async_api import Browser, Page

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    running = SandboxServer([BOT], scene=SCENE)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def echo(server: SandboxServer) -> AsyncIterator[EchoBot]:
    async with aiohttp.ClientSession() as session:
        bot = EchoBot(server.url, BOT.token, session)
        task = asyncio.create_task(bot.run())
        yield bot
        await keep(task)


@pytest.fixture
async def world(server: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(server.url) as client:
        yield client


@pytest.fixture
async def rani(server: SandboxServer, world: SandboxClient) -> Phone:
    return await world.phone(int(str(server.people[0]["id"])), BOT.username)


@pytest.fixture
async def page(browser: Browser, server: SandboxServer, echo: EchoBot) -> AsyncIterator[Page]:
    """The page in Indonesian, wide and light. What the browser complains of fails the test."""
    context = await browser.new_context(viewport={"width": 1600, "height": 1000}, locale="id-ID", color_scheme="light")
    opened = await context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(8000)
    await opened.goto(server.url)
    await opened.wait_for_selector("body[data-ready]")
    yield opened
    await context.close()
    assert [one for one in complaints if "409" not in one] == []
