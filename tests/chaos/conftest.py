"""The chaos tests play with the acceptance tests' processes and words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "acceptance"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/chaos" in item.path.as_posix():
            item.add_marker(pytest.mark.acceptance)
