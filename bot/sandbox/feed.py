"""Every change in the sandbox's world, numbered, for whoever watches: the page, the client, the tests.

A change is a small JSON object with its number `seq`. Watchers wait for news instead of sleeping, and one who comes
back late is given what was missed, as far as it is kept.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from bot.sandbox.bell import Bell

Json = dict[str, Any]

KEPT_CHANGES = 2_000
"""Enough for a page that lost its connection for a while; one that comes later reads everything anew."""


class Feed:
    """Publishing never waits; the watchers do."""

    def __init__(self) -> None:
        self.seq = 0
        self._kept: deque[Json] = deque(maxlen=KEPT_CHANGES)
        self._bell = Bell()

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def publish(self, kind: str, **facts: Any) -> int:
        """Numbers the change and wakes everybody who waits."""
        seq = self.next_seq()
        self._kept.append({"seq": seq, "type": kind, **facts})
        self._bell.ring()
        return seq

    def since(self, seq: int) -> list[Json] | None:
        """What came after `seq`; None when some of it is no longer kept, or `seq` is from another run."""
        if seq > self.seq or (self._kept and seq < self._kept[0]["seq"] - 1):
            return None
        return [change for change in self._kept if change["seq"] > seq]

    async def wait(self, timeout_s: float) -> bool:
        """Waits for the next change. False when the time ran out."""
        return await self._bell.wait_up_to(timeout_s)
