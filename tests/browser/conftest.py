"""Browser tests are skipped aloud where there is no browser, and fail for it on a build server."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")


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
