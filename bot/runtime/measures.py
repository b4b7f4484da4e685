"""What is counted and timed while the bot works: every name, with its labels, in one place for all who count and tell.

Labels are words of a closed few (a bot's name in the config, a lane, a kind), never anything of a person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

QUICK_S = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""For work of the program."""
WAITED_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
"""For waiting in a line."""
ANSWERED_S = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 3600.0)
"""For what people must do."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Something that is counted. `name` is without Prometheus' `_total`."""

    name: str
    told: str
    labels: tuple[str, ...] = ()
    from_zero: tuple[tuple[str, ...], ...] = ()
    """Labels that are told from the start, at zero: of a series that begins at one, Prometheus sees no increase."""


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """Something that takes time."""

    name: str
    told: str
    labels: tuple[str, ...]
    buckets: tuple[float, ...]
    from_zero: tuple[tuple[str, ...], ...] = ()
    """As of a `Tally`."""


REAL_OR_DRILL = (("no",), ("yes",))

UPDATES = Tally("sebaya_updates", "Updates that came in and mean something to us.", ("bot", "kind"))
REPEATED = Tally("sebaya_updates_repeated", "Updates that the store knew already.", ("bot",))
IGNORED = Tally("sebaya_updates_ignored", "Updates that mean nothing to us, by decision.", ("bot", "reason"))
MALFORMED = Tally("sebaya_updates_malformed", "Updates without the documented shape.", ("bot",))
EVENTS = Tally("sebaya_events", "Events that were worked and committed.", ("lane",))
CONFLICTS = Tally("sebaya_conflicts", "Commits that began again, because somebody else changed what they had read.")
FAILURES = Tally("sebaya_handler_failures", "Attempts in which a handler failed.", from_zero=((),))
SENDS = Tally("sebaya_sends", "How the sending of messages ended.", ("lane", "outcome"))
RETRIES = Tally("sebaya_send_retries", "Attempts to send that are made again, by why.", ("lane", "reason"))
CRISES = Tally("sebaya_crisis_queued", "Cases that came into the counselors' queue.", ("level", "drill"))

COMMIT = Timing("sebaya_commit_seconds", "How long a commit took.", ("lane",), QUICK_S)
HANDLING = Timing("sebaya_handler_seconds", "How long a handler took, its reads included.", ("lane",), QUICK_S)
SCREENING = Timing("sebaya_screening_seconds", "How long the judging of one text took.", ("where",), QUICK_S)
EVENT_WAIT = Timing("sebaya_event_wait_seconds", "From an event's arrival to its commit.", ("lane",), WAITED_S)
SEND_WAIT = Timing("sebaya_send_wait_seconds", "From a message's commit to its delivery.", ("lane",), WAITED_S)
ALERTED = Timing(
    "sebaya_crisis_alerted_seconds",
    "From the queue to the first delivered alert.",
    ("drill",),
    ANSWERED_S,
    REAL_OR_DRILL,
)
CLAIMED = Timing(
    "sebaya_crisis_claimed_seconds", "From the queue to a counselor's claim.", ("drill",), ANSWERED_S, REAL_OR_DRILL
)

TALLIES = (UPDATES, REPEATED, IGNORED, MALFORMED, EVENTS, CONFLICTS, FAILURES, SENDS, RETRIES, CRISES)
TIMINGS = (COMMIT, HANDLING, SCREENING, EVENT_WAIT, SEND_WAIT, ALERTED, CLAIMED)


@dataclass(slots=True)
class Spans:
    """How often it took how long: by bucket, the last for all that took longer than the highest."""

    by_bucket: list[int]
    total_s: float = 0.0

    @classmethod
    def none(cls, timing: Timing) -> Spans:
        return cls([0] * (len(timing.buckets) + 1))


@dataclass(slots=True)
class Measures:
    """What one process has counted and timed since its start, by what and its labels."""

    tallies: Counter[tuple[Tally, tuple[str, ...]]] = field(default_factory=Counter)
    timings: dict[tuple[Timing, tuple[str, ...]], Spans] = field(default_factory=dict)

    def count(self, what: Tally, *labels: str, by: int = 1) -> None:
        self.tallies[what, labels] += by

    def took(self, what: Timing, seconds: float, *labels: str) -> None:
        spans = self.timings.get((what, labels))
        if spans is None:
            spans = self.timings[what, labels] = Spans.none(what)
        spans.by_bucket[bisect_left(what.buckets, seconds)] += 1
        spans.total_s += max(0.0, seconds)
