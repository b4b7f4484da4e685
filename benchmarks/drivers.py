"""Both drivers side by side, each beside the bare echo bot of its library: speed, cost, start, memory.

    .venv/bin/python benchmarks/drivers.py

The rounds of all four alternate on the same lean Bot API server, so that a busy machine slows all of them. Sebaya goes
through the check-in over an embedded store that writes to disk; the echo bots answer as many texts and store nothing.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from echo import measure_echo, measure_sebaya, middle
from footprint import echo_mb, first_answer_s, memory_mb
from processes import ECHOES, bare_echo, last_json, load_server, table

PEOPLE_IN_MEMORY = 100
"""Open conversations while memory is read; a thousand are in footprint.py, and cost the bot nothing more."""


def echo_first_answer_s(library: str) -> float:
    """From the start of the process to its first answer, to a text that has come before."""
    with load_server("texts", 1, 1, settling_s=0.0) as (url, told):
        began = time.perf_counter()
        with bare_echo(url, library):
            told.readline()
            last = last_json(told)
            return time.perf_counter() - began - float(last["seconds"]) + float(last["median_ms"]) / 1000


def middle_of(rounds: int, measure: Callable[[], float]) -> float:
    return statistics.median(measure() for _ in range(rounds))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    measures = {
        f"{kind} ({library})": measure
        for library in ECHOES
        for kind, measure in (
            ("bare echo", lambda library=library: measure_echo(chosen.people, chosen.at_once, library)),
            ("Sebaya", lambda library=library: measure_sebaya(chosen.people, chosen.at_once, telegram__driver=library)),
        )
    }
    results = {name: [] for name in measures}
    for _ in range(chosen.rounds):
        for name, measure in measures.items():
            results[name].append(measure())
    speed = ["updates_a_second", "median_ms", "p99_ms", "calls", "bot_cpu_ms", "store_cpu_ms"]
    footprints = {}
    for library in ECHOES:
        started = middle_of(chosen.rounds, lambda library=library: echo_first_answer_s(library))
        footprints[f"bare echo ({library})"] = (started, echo_mb(library))
        started = middle_of(chosen.rounds, lambda library=library: first_answer_s(library))
        footprints[f"Sebaya ({library})"] = (started, memory_mb(library, PEOPLE_IN_MEMORY)["open"])
    rows: list[list[object]] = [
        [
            name,
            *(middle(rounds, what) for what in speed),
            f"{footprints[name][0]:.1f}",
            f"{footprints[name][1]:.0f}",
        ]
        for name, rounds in results.items()
    ]
    heads = ["bot", "updates/s", "median ms", "p99 ms", "calls", "bot CPU ms/update", "store CPU ms/update"]
    print(table([*heads, "start to first answer s", "memory MB"], rows))
    for library in ECHOES:
        speeds = [middle(results[f"{kind} ({library})"], "updates_a_second") for kind in ("Sebaya", "bare echo")]
        print(f"ratio, {library}: {speeds[0] / speeds[1]:.2f}")


if __name__ == "__main__":
    main()
