"""Tells other processes what this one has measured: only web processes are asked by Prometheus, and a worker has no
port.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

import msgspec

from bot.runtime.loop import Vitals, sleep_until, wall_clock
from bot.runtime.measures import TALLIES, TIMINGS, Measures, Spans
from bot.runtime.store import StoreTrouble

TELL_EVERY_S = 5.0
"""Prometheus asks every 10 to 60 seconds."""


class Reports(Protocol):
    async def tell(self, process: str, report: bytes, now: int) -> None: ...

    async def told(self, now: int) -> dict[str, bytes]: ...


class Report(msgspec.Struct, frozen=True):
    """One process. Measures by their names; what another version has measured and we do not know is passed over."""

    loops: dict[str, float] = msgspec.field(default_factory=dict)
    tallies: list[tuple[str, tuple[str, ...], int]] = msgspec.field(default_factory=list)
    timings: list[tuple[str, tuple[str, ...], list[int], float]] = msgspec.field(default_factory=list)

    @classmethod
    def of(cls, vitals: Vitals) -> Report:
        measures = vitals.measures
        return cls(
            {name: vitals.idle_s(name) or 0.0 for name in list(vitals.turns)},
            [(what.name, labels, count) for (what, labels), count in measures.tallies.items()],
            [(what.name, labels, spans.by_bucket, spans.total_s) for (what, labels), spans in measures.timings.items()],
        )

    def measures(self) -> Measures:
        tallies = {tally.name: tally for tally in TALLIES}
        timings = {timing.name: timing for timing in TIMINGS}
        return Measures(
            Counter({(tallies[name], labels): count for name, labels, count in self.tallies if name in tallies}),
            {
                (timings[name], labels): Spans(by_bucket, total_s)
                for name, labels, by_bucket, total_s in self.timings
                if name in timings and len(by_bucket) == len(timings[name].buckets) + 1
            },
        )


def process_name(parts: frozenset[str]) -> str:
    """The parts that it runs and a few letters, so that any number of the same kind are told apart."""
    return f"{'+'.join(sorted(parts))}-{secrets.token_hex(3)}"


class Reporting:
    """A loop. Never in trouble: the other loops tell of a store that is gone."""

    def __init__(self, process: str, reports: Reports, vitals: Vitals) -> None:
        self._process = process
        self._reports = reports
        self._vitals = vitals

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                report = msgspec.msgpack.encode(Report.of(self._vitals))
                await self._reports.tell(self._process, report, wall_clock())
            except StoreTrouble:
                pass  # the next one says all of it again
            await sleep_until(stop, TELL_EVERY_S)


async def others(reports: Reports, process: str) -> Mapping[str, Report]:
    """What all but this process have told. Raises StoreTrouble."""
    found = {}
    for name, packed in (await reports.told(wall_clock())).items():
        if name == process:
            continue
        try:
            found[name] = msgspec.msgpack.decode(packed, type=Report)
        except msgspec.MsgspecError:
            continue  # of a version that tells it otherwise
    return found
