"""A sandbox on a port of its own, a client for its people, and a bare Bot API caller, for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from api_caller import STAFF, STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    running = SandboxServer([STUDENT, STAFF], first_retry_s=0.02)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def world(server: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(server.url) as client:
        yield client


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def bot(server: SandboxServer, session: aiohttp.ClientSession) -> Caller:
    return Caller(server.url, session)


@pytest.fixture
def staff_bot(server: SandboxServer, session: aiohttp.ClientSession) -> Caller:
    return Caller(server.url, session, STAFF.token)


@pytest.fixture
async def rani(world: SandboxClient) -> Phone:
    """A person who has started the student bot."""
    phone = await world.phone("Rani", STUDENT.username, language="id", username="rani_p")
    await phone.say("/start")
    return phone
