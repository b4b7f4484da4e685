"""What one run is: everything that is chosen before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deployment import QUICK_DRIVER

DRIVERS = ("aiogram", QUICK_DRIVER)
POLLING, WEBHOOK = "polling", "webhook"
MODES = (POLLING, WEBHOOK)
EMBEDDED, REMOTE, SENTINEL, CLUSTER = "embedded", "remote", "sentinel", "cluster"
SERVERS = (EMBEDDED, REMOTE, SENTINEL, CLUSTER)


@dataclass(frozen=True, slots=True)
class Plan:
    """The seed fixes who does what and which troubles come."""

    seed: int
    seconds: float
    """Of trouble; starting and coming to rest come on top."""
    driver: str = QUICK_DRIVER
    mode: str = POLLING
    server: str = EMBEDDED
    without: str = ""
    """A guard of guardless.py to remove, to see the checker find it."""
    kinds: Sequence[str] = ()
    """The troubles to draw from; none: the usual ones."""
    warm_up_s: float = 2.0
    """People begin before the troubles do."""
    pause_s: tuple[float, float] = (0.5, 3.0)
    """Between two troubles."""
    settle_s: float = 45.0
    """After the last trouble everything must come to rest within this time: leases, deadlines and waits together."""
