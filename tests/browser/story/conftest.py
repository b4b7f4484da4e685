"""The demo as `make demo` starts it, in a process of its own, and its page in a real browser."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

# The processes and the words are those of the acceptance tests.
sys.path.append(str(Path(__file__).resolve().parents[2] / "acceptance"))

from deployment import end_server
from running import Running

READY_WITHIN_S = 90.0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, once everybody is in their place."""
    folder = tmp_path_factory.mktemp("demo")
    running = Running(["sandbox", "--port", "0", "--data-dir", str(folder / "data")], {}, folder / "demo.log")
    try:
        line = running.wait_for_line(lambda line: line.startswith("Everything runs"), READY_WITHIN_S)
        found = re.search(r"http://[\w.:]+", line)
        assert found is not None
        yield found.group()
    finally:
        running.kill()
        end_server(folder / "data")


@pytest.fixture
async def page(browser: Browser, demo: str) -> AsyncIterator[Page]:
    """In Indonesian, wide and light. What the browser complains of fails the test."""
    complaints: list[str] = []
    shape = {"width": 1600, "height": 1000}
    context = await browser.new_context(viewport=shape, locale="id-ID", color_scheme="light")
    opened = await context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.set_default_timeout(20_000)
    await opened.goto(demo)
    await opened.wait_for_selector("body[data-ready]")
    yield opened
    await context.close()
    assert complaints == []
