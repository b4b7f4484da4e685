"""How the bot is at one moment: what `/healthz` and `/metrics` tell. Counts and times only, nothing of any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pulse:
    """`troubles` is empty when all is well; its words are for operators."""

    troubles: tuple[str, ...] = ()
    loops: Mapping[str, float] = field(default_factory=dict)
    """Seconds since each loop of this process last turned."""
    store_ms: float | None = None
    """How long the store took to answer; None when it did not."""
    lengths: Mapping[str, int] = field(default_factory=dict)
    """How much waits, by the store's own names: mailboxes and chats by lane, timers, the queue."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What this process has done since it started."""
    content: str = ""
    """The edition of the content in use."""

    @property
    def well(self) -> bool:
        return not self.troubles

    def as_json(self) -> dict[str, object]:
        return {
            "status": "ok" if self.well else "trouble",
            "troubles": list(self.troubles),
            "loops": {name: {"last_turn_s": round(age, 3)} for name, age in self.loops.items()},
            "store": {"latency_ms": None if self.store_ms is None else round(self.store_ms, 3)},
            "waiting": dict(self.lengths),
            "counts": dict(self.counts),
            "content": self.content,
        }
