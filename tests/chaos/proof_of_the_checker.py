"""Takes one guard out of the real processes at a time and sees the checker find it. Minutes: `make chaos` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from chaos import play
from plan import EMBEDDED, REMOTE, Plan

SEEDS = range(4, 12)
"""A bug shows only where a trouble meets somebody in the middle of something: what one day hides the next may show."""
SECONDS = 20.0
WARM_UP_S = 6.0
"""Until the first talks have begun."""
PAUSE_S = (1.5, 4.0)
"""The same trouble again and again must leave people time to write."""
SETTLE_S = 15.0
"""Some bugs leave somebody waiting for ever."""

pytestmark = pytest.mark.timeout(600)

REPEATED = {"doubled", "effect twice", "queued twice"}
MISSING = {
    "lost",
    "false tick",
    "debrief missing",
    "effect twice",
    "two holders",
    "crisis in silence",
    "crisis left open",
}


@pytest.mark.parametrize(
    ("guard", "server", "kinds", "expected"),
    [
        ("dedupe", EMBEDDED, ("repeat updates",), {*REPEATED, "out of order"}),
        ("order", EMBEDDED, ("fault", "storm"), {"out of order"}),
        ("head", REMOTE, ("cut store", "cut store", "slow sends"), {*MISSING, "no mark"}),
        ("fence", EMBEDDED, ("freeze in a send",), {*REPEATED, "lost", "out of order", "false tick"}),
        ("revisions", EMBEDDED, ("slow store",), {*REPEATED, "two holders", "lost"}),
        ("receipts", EMBEDDED, ("fault",), {"no mark"}),
        ("lease", EMBEDDED, ("slow sends",), {"doubled"}),
        ("storing-first", EMBEDDED, ("full store", "read-only store"), {"lost", "crisis without an answer"}),
        ("retries", EMBEDDED, ("storm",), {"lost", "false tick"}),
        ("one-holder", EMBEDDED, ("fault",), {"two holders"}),
        ("alarm", EMBEDDED, ("fault",), {"crisis without an alert"}),
        ("widening", EMBEDDED, ("nobody home",), {"not widened"}),
        ("farewell", EMBEDDED, ("block",), {"left unknowing"}),
        ("capacity", EMBEDDED, ("fault",), {"effect twice"}),
    ],
)
async def test_a_missing_guard_is_found(
    tmp_path: Path, guard: str, server: str, kinds: tuple[str, ...], expected: set[str]
) -> None:
    told = []
    for seed in SEEDS:
        plan = Plan(
            seed, SECONDS, server=server, without=guard, kinds=kinds,
            warm_up_s=WARM_UP_S, pause_s=PAUSE_S, settle_s=SETTLE_S,
        )  # fmt: skip
        folder = tmp_path / str(seed)
        folder.mkdir()
        found = await play(folder, plan)
        if found.kinds() & expected:
            return
        told.append(found.told())
    raise AssertionError("\n\n".join(told))
