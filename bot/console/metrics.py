"""A pulse in Prometheus' notation. Made anew for each scrape, so that nothing stale is ever told."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from prometheus_client.registry import Collector

from bot.console.pulse import Pulse

CONTENT_TYPE = CONTENT_TYPE_PLAIN_1_0_0


class _Told(Collector):
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse

    def collect(self) -> Iterable[Metric]:
        pulse = self._pulse
        yield GaugeMetricFamily("sebaya_up", "1 when nothing is wrong.", value=float(pulse.well))
        loops = GaugeMetricFamily("sebaya_loop_idle_seconds", "Seconds since a loop last turned.", labels=["loop"])
        for name, age in pulse.loops.items():
            loops.add_metric([name], age)
        yield loops
        if pulse.store_ms is not None:
            yield GaugeMetricFamily(
                "sebaya_store_latency_seconds", "How long the store took to answer.", value=pulse.store_ms / 1000
            )
        waiting = GaugeMetricFamily("sebaya_waiting", "How much waits, by where.", labels=["where"])
        for name, length in pulse.lengths.items():
            waiting.add_metric([name], length)
        yield waiting
        done = CounterMetricFamily("sebaya_done", "What this process has done since it started.", labels=["what"])
        for name, count in pulse.counts.items():
            done.add_metric([name], count)
        yield done


def exposition(pulse: Pulse) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Told(pulse))
    return generate_latest(registry)
