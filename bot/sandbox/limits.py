"""Telegram's rate limits, off until they are switched on: about 30 messages a second a bot, 1 a second a chat.

Short bursts pass, as they do on Telegram. Nothing waits here: a call too many is refused with the seconds to wait.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BOT_PER_S = 30.0
CHAT_PER_S = 1.0
CHAT_BURST = 5
"""How many messages a chat takes at once before the one a second is enforced."""


@dataclass(slots=True)
class Bucket:
    """Holds up to `size` tokens and gains `rate` a second."""

    rate: float
    size: float
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """Takes a token; otherwise the seconds until there is one."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        return (1 - self.tokens) / self.rate


@dataclass(slots=True)
class RateLimits:
    """One bucket a bot and one a chat."""

    on: bool = False
    per_second: float = BOT_PER_S
    chat_per_second: float = CHAT_PER_S
    chat_burst: int = CHAT_BURST
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    """Calls that were one too many."""
    _buckets: dict[tuple[int, int], Bucket] = field(default_factory=dict)

    def switch(
        self, *, on: bool, per_second: float = BOT_PER_S, chat_per_second: float = CHAT_PER_S, burst: int = CHAT_BURST
    ) -> None:
        self.on, self.per_second, self.chat_per_second, self.chat_burst = on, per_second, chat_per_second, burst
        self._buckets.clear()

    def retry_after(self, bot: int, chat: int) -> int:
        """0 when the message may go; otherwise whole seconds to wait."""
        if not self.on:
            return 0
        wait = self._bucket(bot, chat, self.chat_per_second, self.chat_burst).take(self.clock())
        wait = wait or self._bucket(bot, 0, self.per_second, self.per_second).take(self.clock())
        self.refused += wait > 0
        return math.ceil(wait)

    def as_json(self) -> dict[str, object]:
        return {
            "on": self.on,
            "per_second": self.per_second,
            "chat_per_second": self.chat_per_second,
            "burst": self.chat_burst,
            "refused": self.refused,
        }

    def _bucket(self, bot: int, chat: int, rate: float, size: float) -> Bucket:
        key = (bot, chat)
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, size, size, self.clock())
        return self._buckets[key]
