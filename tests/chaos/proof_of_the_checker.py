"""Takes one guard out of the real processes at a time and sees the checker find it. Minutes: `make chaos` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from chaos import play
from plan import Plan

SEED = 4
SECONDS = 15.0

pytestmark = pytest.mark.timeout(240)


@pytest.mark.parametrize(
    ("guard", "kinds", "expected"),
    [
        ("dedupe", ("repeat updates",), {"doubled", "out of order", "effect twice", "queued twice"}),
        ("retries", ("storm",), {"lost", "false tick"}),
        ("one-holder", ("fault",), {"two holders"}),
        ("alarm", ("fault",), {"crisis without an alert"}),
        ("capacity", ("fault",), {"effect twice"}),
    ],
)
async def test_a_missing_guard_is_found(tmp_path: Path, guard: str, kinds: tuple[str, ...], expected: set[str]) -> None:
    found = await play(tmp_path, Plan(SEED, SECONDS, without=guard, kinds=kinds))
    assert found.kinds() & expected, found.told()
