"""What a call of the Bot API costs with the library's HTTP client alone: below this no bot over it can come.

    .venv/bin/python benchmarks/bare_calls.py

Questions with buttons are sent to the lean Bot API server, some at once, as the driver sends them (`telegram_aiogram`):
one session, no cookies, a prepared address. Nothing is looked up, stored or noted.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable

from processes import STUDENT_TOKEN, load_server

from bot.app.loaded import settle
from bot.cli.troubles import quick_loop
from bot.model.address import Address
from bot.model.outgoing import Button, SendText
from bot.platforms.telegram.calls import calls_for
from bot.platforms.telegram.outcomes import Meaning, judge
from bot.platforms.telegram_aiogram import AiogramWire

QUESTION = SendText("Gimana perasaanmu hari ini?", tuple((Button(label, f"b_{label * 20}"),) for label in "12345"))
PATIENCE_S = 20.0


async def measure(url: str, calls: int, at_once: int) -> float:
    """Microseconds of this process's processor time for a call."""
    wire = AiogramWire({"student": STUDENT_TOKEN}, url)
    await wire.open()
    (call,) = calls_for(Address("telegram", "student", "10000"), QUESTION)
    body = call.form
    left = calls

    async def one() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            reply = await wire.call("student", call.method, body, PATIENCE_S)
            assert judge(call.method, reply).meaning is Meaning.DONE

    async def all_of_them() -> None:
        await asyncio.gather(*(one() for _ in range(at_once)))

    await all_of_them()  # the connections are open then
    left, before = calls, time.process_time()
    await all_of_them()
    used = time.process_time() - before
    await wire.close()
    return used / calls * 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=3_000)
    parser.add_argument("--at-once", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    settle()
    loop: Callable[[], asyncio.AbstractEventLoop] | None = quick_loop()
    found = []
    with load_server("texts", 1, 1) as (url, _):
        for _ in range(chosen.rounds):
            with asyncio.Runner(loop_factory=loop) as runner:
                found.append(runner.run(measure(url, chosen.calls, chosen.at_once)))
    told = ", ".join(f"{each:.0f}" for each in found)
    print(f"{statistics.median(found):.0f} us of processor time a call ({told}), {chosen.at_once} at once")


if __name__ == "__main__":
    main()
