"""The chaos tests play with the acceptance tests' processes and words, and the integration tests' servers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

for neighbour in ("acceptance", "integration"):
    sys.path.append(str(Path(__file__).resolve().parents[1] / neighbour))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/chaos" in item.path.as_posix():
            item.add_marker(pytest.mark.acceptance)


@pytest.fixture
def day() -> Any:
    """A talk has begun and three texts have arrived."""
    from small_day import SmallDay

    made = SmallDay()
    made.begins()
    made.talks(1, 2, 3)
    return made
