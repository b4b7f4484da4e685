"""How the bot is at one moment: what `/healthz` and `/metrics` tell. Counts and times only, nothing of any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.runtime.measures import Measures


@dataclass(frozen=True, slots=True)
class Platform:
    """A bot whose platform does not answer: why, and for how long."""

    why: str
    silent_s: float


@dataclass(frozen=True, slots=True)
class Process:
    """What one process has measured since its start, and the seconds since each of its loops last turned."""

    measures: Measures
    loops: Mapping[str, float] = field(default_factory=dict)


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
    oldest_s: Mapping[str, float] = field(default_factory=dict)
    """For how long the oldest of each line has waited."""
    people: Mapping[str, int] = field(default_factory=dict)
    """How many are on duty, and how many wait for them."""
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    """By bot, those that are not reached just now."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What this process has done since it started."""
    processes: Mapping[str, Process] = field(default_factory=dict)
    """This process and all others, by name, in detail for `/metrics`."""
    content: str = ""
    """The edition of the content in use."""

    @property
    def well(self) -> bool:
        return not self.troubles

    def as_json(self) -> dict[str, object]:
        return {
            "status": "ok" if self.well else "trouble",
            "troubles": list(self.troubles),
            "loops": _turns(self.loops),
            "processes": {name: {"loops": _turns(process.loops)} for name, process in self.processes.items()},
            "store": {"latency_ms": None if self.store_ms is None else round(self.store_ms, 3)},
            "platforms_not_reached": {
                bot: {"why": platform.why, "silent_s": round(platform.silent_s, 1)}
                for bot, platform in self.platforms.items()
            },
            "waiting": dict(self.lengths),
            "oldest_s": {name: round(age, 3) for name, age in self.oldest_s.items()},
            "people": dict(self.people),
            "counts": dict(self.counts),
            "content": self.content,
        }


def _turns(loops: Mapping[str, float]) -> dict[str, dict[str, float]]:
    return {name: {"last_turn_s": round(age, 3)} for name, age in loops.items()}
