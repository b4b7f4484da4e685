"""A pulse in Prometheus' notation. Made anew for each scrape, so that nothing stale is ever told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from prometheus_client.registry import Collector

from bot.console.pulse import Pulse
from bot.runtime.measures import TALLIES, TIMINGS, Spans, Tally, Timing

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0


PROCESS = "process"
"""The label that tells processes apart: each counts from its own start."""


class _Told(Collector):
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def collect(self) -> Iterable[Metric]:
        yield from self._now()
        yield from self._since_the_start()

    def _now(self) -> Iterable[Metric]:
        pulse = self._pulse
        answers = pulse.store_ms is not None
        yield GaugeMetricFamily("sebaya_up", "1 when nothing is wrong.", value=float(pulse.well))
        yield GaugeMetricFamily("sebaya_store_up", "1 when the store answers.", value=float(answers))
        if pulse.store_ms is not None:
            seconds = pulse.store_ms / 1000
            yield GaugeMetricFamily("sebaya_store_latency_seconds", "How long the store took to answer.", value=seconds)
        idle = GaugeMetricFamily(
            "sebaya_loop_idle_seconds", "Seconds since a loop last turned.", labels=["loop", PROCESS]
        )
        for process, told in pulse.processes.items():
            for loop, age in told.loops.items():
                idle.add_metric([loop, process], age)
        yield idle
        yield _gauge("sebaya_waiting", "How much waits, by where.", "where", pulse.lengths)
        yield _gauge("sebaya_oldest_seconds", "For how long the oldest of a line has waited.", "where", pulse.oldest_s)
        yield _gauge("sebaya_people", "Who is on duty, and who waits for them.", "who", pulse.people)
        silent = {bot: platform.silent_s for bot, platform in pulse.platforms.items()}
        yield _gauge("sebaya_platform_silent_seconds", "Bots whose platform does not answer.", "bot", silent)

    def _since_the_start(self) -> Iterable[Metric]:
        pulse = self._pulse
        done = CounterMetricFamily("sebaya_done", "What this process has done since it started.", labels=["what"])
        for name, count in pulse.counts.items():
            done.add_metric([name], count)
        yield done
        yield from map(self._counted, TALLIES)
        yield from map(self._timed, TIMINGS)

    def _counted(self, tally: Tally) -> Metric:
        counted = CounterMetricFamily(tally.name, tally.told, labels=[*tally.labels, PROCESS])
        for process, told in self._pulse.processes.items():
            found = dict.fromkeys(tally.from_zero, 0)
            found.update({labels: count for (what, labels), count in told.measures.tallies.items() if what == tally})
            for labels, count in found.items():
                counted.add_metric([*labels, process], count)
        return counted

    def _timed(self, timing: Timing) -> Metric:
        timed = HistogramMetricFamily(timing.name, timing.told, labels=[*timing.labels, PROCESS])
        for process, told in self._pulse.processes.items():
            found = {labels: Spans.none(timing) for labels in timing.from_zero}
            found.update({labels: spans for (what, labels), spans in told.measures.timings.items() if what == timing})
            for labels, spans in found.items():
                timed.add_metric([*labels, process], _buckets(timing, spans), spans.total_s)
        return timed


def _gauge(name: str, told: str, label: str, values: Mapping[str, float] | Mapping[str, int]) -> Metric:
    gauge = GaugeMetricFamily(name, told, labels=[label])
    for value, number in values.items():
        gauge.add_metric([value], number)
    return gauge


def _buckets(timing: Timing, spans: Spans) -> list[tuple[str, float]]:
    """As Prometheus wants them: each with all that are below it."""
    total, found = 0, []
    for edge, count in zip((*map(str, timing.buckets), "+Inf"), spans.by_bucket, strict=True):
        total += count
        found.append((edge, float(total)))
    return found


def exposition(pulse: Pulse) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Told(pulse))
    return generate_latest(registry)
