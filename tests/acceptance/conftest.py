"""Real processes over real HTTP. A deployment is shared by a module's tests, because a bot takes seconds to start."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from cast import Cast
from deployment import Deployment

from bot.sandbox.client import SandboxClient


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/acceptance" in item.path.as_posix():
            item.add_marker(pytest.mark.acceptance)


@pytest.fixture
async def cast(deployment: Deployment) -> AsyncIterator[Cast]:
    async with SandboxClient(deployment.url) as world:
        made = Cast(deployment, world)
        yield made
        await made.leave()
