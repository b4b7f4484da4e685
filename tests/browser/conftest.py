"""A real browser. Its tests are skipped aloud where there is no browser, and fail for it on a build server."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def _a_browser_is_there() -> None:
    if CHROMIUM.exists():
        return
    missing = f"there is no {CHROMIUM}; `apt-get install chromium fonts-noto-color-emoji` brings it"
    if shutil.which("chromium"):
        missing = f"chromium is not at {CHROMIUM}"
    if os.environ.get("CI"):
        pytest.fail(f"on a build server the browser tests must run: {missing}")
    pytest.skip(f"BROWSER TESTS SKIPPED: {missing}")


@pytest.fixture
async def browser(_a_browser_is_there: None) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        await opened.close()
