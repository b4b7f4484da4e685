"""What the one-process bot takes: time from its start to its first answer, and memory idle and with many conversations.

    .venv/bin/python benchmarks/footprint.py

The open conversations have answered the check-in up to its last question and stay there, each with its timer.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from processes import bare_echo, last_json, load_server, resident_mb, sebaya, store_of, table

SETTLING_S = 2.0
"""After the last answer: what is still being noted should be over."""


def first_answer_s(driver: str) -> float:
    """From the start of the process to an answer on a phone; what waits for the bot has come before it starts."""
    with load_server("check-in", 1, 1, settling_s=0.0) as (url, told):
        began = time.perf_counter()
        with sebaya(url, telegram__driver=driver):
            told.readline()
            last = last_json(told)
            # The conversation is nine answers long; the first is what is asked for.
            return time.perf_counter() - began - float(last["seconds"]) + float(last["median_ms"]) / 1000


def memory_mb(driver: str, people: int) -> dict[str, Any]:
    """The bot's and the store's resident memory, idle and with `people` conversations open."""
    with load_server("open", people, 50) as (url, told), sebaya(url, telegram__driver=driver) as (pid, folder):
        told.readline()
        store = store_of(folder)
        idle, store_idle = resident_mb(pid), resident_mb(store)
        last_json(told)
        time.sleep(SETTLING_S)
        return {
            "idle": idle,
            "open": resident_mb(pid),
            "store idle": store_idle,
            "store open": resident_mb(store),
        }


def echo_mb(library: str = "aiogram") -> float:
    with load_server("texts", 50, 50) as (url, told), bare_echo(url, library) as pid:
        last_json(told)
        return resident_mb(pid)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1000)
    chosen = parser.parse_args()
    rows: list[list[object]] = []
    for driver in ("aiogram", "python-telegram-bot"):
        memory = memory_mb(driver, chosen.people)
        rows.append(
            [f"Sebaya ({driver})", f"{first_answer_s(driver):.1f}", *(f"{memory[name]:.0f}" for name in memory)]
        )
    rows.append(["bare aiogram echo", "", f"{echo_mb():.0f}", "", "", ""])
    heads = ["bot", "start to first answer s", "idle MB", f"{chosen.people} open MB", "store idle MB", "store open MB"]
    print(table(heads, rows))


if __name__ == "__main__":
    main()
