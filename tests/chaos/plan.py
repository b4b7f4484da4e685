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
