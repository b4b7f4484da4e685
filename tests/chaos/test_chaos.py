"""Two short days in which everything breaks, with either driver; `make chaos` plays a long one."""

from __future__ import annotations

from pathlib import Path

import pytest
from chaos import play
from deployment import QUICK_DRIVER
from plan import POLLING, WEBHOOK, Plan

SEED = 20_261_121
PAUSE_S = (0.3, 1.2)
"""Much goes wrong in a short time: with starting and coming to rest each day must stay below a minute."""
WARM_UP_S = 4.0
"""Until the first talks have begun."""

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize(("driver", "mode", "seconds"), [(QUICK_DRIVER, POLLING, 9.0), ("aiogram", WEBHOOK, 5.0)])
async def test_nothing_is_lost_doubled_or_left_alone_while_everything_breaks(
    tmp_path: Path, driver: str, mode: str, seconds: float
) -> None:
    found = await play(tmp_path, Plan(SEED, seconds, driver, mode, warm_up_s=WARM_UP_S, pause_s=PAUSE_S))
    assert not found.violations, f"seed {SEED}\n{found.told()}"
    assert found.counts["texts delivered"] > 0, found.told()
    assert found.counts["kills"] + found.counts["freezes"] + found.counts["faults"] > 1, found.told()
