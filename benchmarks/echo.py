"""Updates a second of the whole bot against a bare aiogram echo bot, in turns, on the same Bot API server.

    .venv/bin/python benchmarks/echo.py

Sebaya: one process, an embedded store that writes to disk before each commit is done, the check-in conversation from
/start to its end. The echo bot answers as many texts. The rounds alternate, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Mapping
from typing import Any

from processes import bare_echo, cpu_s, last_json, load_server, sebaya, store_of, table


def measure_echo(people: int, at_once: int, library: str = "aiogram") -> dict[str, Any]:
    with load_server("texts", people, at_once) as (url, told), bare_echo(url, library) as pid:
        told.readline()  # it begins
        before = cpu_s(pid)
        result = last_json(told)
        return {**result, "bot_cpu_ms": _each(result, cpu_s(pid) - before), "store_cpu_ms": 0.0}


def measure_sebaya(people: int, at_once: int, **settings: str) -> dict[str, Any]:
    with load_server("check-in", people, at_once) as (url, told), sebaya(url, **settings) as (pid, folder):
        told.readline()
        store = store_of(folder)
        before, store_before = cpu_s(pid), cpu_s(store)
        result = last_json(told)
        return {
            **result,
            "bot_cpu_ms": _each(result, cpu_s(pid) - before),
            "store_cpu_ms": _each(result, cpu_s(store) - store_before),
        }


def _each(result: Mapping[str, Any], seconds: float) -> float:
    return round(seconds * 1000 / float(result["updates"]), 2)


def middle(rounds: list[dict[str, Any]], name: str) -> float:
    return round(statistics.median(float(one[name]) for one in rounds), 2)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--driver", default="aiogram")
    chosen = parser.parse_args()
    echo, whole = [], []
    for _ in range(chosen.rounds):
        echo.append(measure_echo(chosen.people, chosen.at_once))
        whole.append(measure_sebaya(chosen.people, chosen.at_once, telegram__driver=chosen.driver))
    names = ["updates_a_second", "median_ms", "p99_ms", "calls", "bot_cpu_ms", "store_cpu_ms", "server_cpu_share"]
    rows: list[list[object]] = [
        ["bare aiogram echo", *(middle(echo, name) for name in names)],
        [f"Sebaya ({chosen.driver})", *(middle(whole, name) for name in names)],
    ]
    heads = [
        "bot",
        "updates/s",
        "median ms",
        "p99 ms",
        "calls",
        "bot CPU ms/update",
        "store CPU ms/update",
        "server CPU",
    ]
    print(table(heads, rows))
    ratio = middle(whole, "updates_a_second") / middle(echo, "updates_a_second")
    print(f"\nratio: {ratio:.2f}   ({whole[0]['updates']} updates a round, {chosen.at_once} people at once)")


if __name__ == "__main__":
    main()
