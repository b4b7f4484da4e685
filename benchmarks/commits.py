"""Commits a second against what the server itself can do with as many bytes, on the same number of connections.

    .venv/bin/python benchmarks/commits.py

One real commit (an answer in the check-in: documents, a timer, the next question) is taken apart for its size. Then,
in turns, on the embedded server, which writes to disk before it answers:

- commits: prepared ones of that kind, each of another mailbox in our hand, sent to the server by our scripts;
- SET of as many bytes, by the same client in the same way: what the server could do if a commit were one write;
- SET of as many bytes by `redis-benchmark`, where that is installed: no client of ours at all.

Each connection has one command on its way at a time: nothing is pipelined.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from people import FIRST_STUDENT, PROGRAM, WHOLE, embedded, handler_of, put, says, worked_here
from processes import ROOT, cpu_s, medians, new_key, store_of, table

from bot.content import Content, load
from bot.model.event import Lane
from bot.runtime.loop import wall_clock
from bot.store import Keyring, RedisStore
from bot.store.addressing import Fixed, whereabouts
from bot.store.codec import Codecs
from bot.store.commit import CommitWriter
from bot.store.connect import Command, Reply, Server, Wire
from bot.store.embedded import socket_path
from bot.store.keys import Keys
from bot.store.lines import Lines
from bot.store.mailboxes import RedisMailboxes
from bot.store.refs import Refs
from bot.store.scripts import SCRIPTS
from bot.store.transaction import StoreTransaction

CONNECTIONS = 24
"""About as many as a worker works mailboxes at once."""
AIM = 0.3
BENCHMARK = "redis-benchmark"
BY_BENCHMARK = 20_000
"""Commands for the server's own tool: it is quick."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How it went for one kind of command; not a number where it was not measured."""

    a_second: float
    server_us: float
    """The server's processor time for each."""
    client_us: float


@dataclass(frozen=True, slots=True)
class Round:
    commits: Speed
    sets: Speed
    by_benchmark: Speed
    size: float
    """Bytes of a commit as it goes to the server."""


async def measure(content: Content, people: int) -> Round:
    keyring = Keyring.from_text(new_key())
    with tempfile.TemporaryDirectory(prefix="sebaya-bench-") as name:
        folder = Path(name)
        async with embedded(folder, keyring) as store:
            commits = await _prepared(store, keyring, content, folder, people)
            size = statistics.mean(map(_size, commits))
            value = os.urandom(round(size))
            sets: list[Command] = [("SET", f"bench:{number}", value) for number in range(people)]
            return Round(
                await _speed(folder, commits, _done),
                await _speed(folder, sets, _stored),
                await asyncio.to_thread(_by_benchmark, folder, round(size)),
                size,
            )


async def _prepared(store: RedisStore, keyring: Keyring, content: Content, folder: Path, people: int) -> list[Command]:
    """Commits that are ready to go, each of a mailbox in our hand: an answer, which is followed by a question."""
    first, answer = WHOLE[:2]
    everybody = range(FIRST_STUDENT, FIRST_STUDENT + people)
    await put(store, [says(keyring, number, first) for number in everybody])
    await worked_here(store, content)
    await put(store, [says(keyring, number, answer) for number in everybody])
    # The parts of a store, put together as `open_store` does, because a commit is looked at before it is made.
    consumer = uuid.uuid4().hex
    server, codecs, keys = Server(whereabouts(_url(folder), PROGRAM)), Codecs(keyring), Keys(PROGRAM)
    lines = Lines(server, keys.ready, keys.mail_places, "workers", consumer, 60_000)
    mailboxes = RedisMailboxes(server, codecs, keys, lines, Refs(server, codecs, keys))
    writer = CommitWriter(codecs, keys, consumer)
    handler = handler_of(content)
    found: list[Command] = []
    while works := await mailboxes.ready(Lane.NORMAL, 100, 0):
        for work in works:
            transaction = mailboxes.begin(work, wall_clock(), random.getrandbits(64))
            assert isinstance(transaction, StoreTransaction)
            await handler(transaction)
            commit = await writer.write(transaction, go_on=True, poison="")
            found.append(("EVALSHA", SCRIPTS["commit"].sha, len(commit.keys), *commit.keys, *commit.args))
    await server.close()
    return found


def _size(command: Command) -> int:
    """As it goes over the wire."""
    return sum(len(part) if isinstance(part, bytes) else len(str(part)) for part in command)


def _done(reply: Reply) -> bool:
    return bool(reply[0] == b"done")


def _stored(reply: Reply) -> bool:
    return bool(reply == b"OK")


def _url(folder: Path) -> str:
    return f"unix://{socket_path(folder)}"


async def _speed(folder: Path, commands: Sequence[Command], is_well: Callable[[Reply], bool]) -> Speed:
    """Each connection sends the next command when it has the answer to the one before."""
    left, pid = list(commands), store_of(folder)

    async def one(wire: Wire) -> None:
        while left:
            (reply,) = await wire.ask([left.pop()])
            assert is_well(reply), reply

    wires = [Wire(Fixed(_url(folder))) for _ in range(CONNECTIONS)]
    await asyncio.gather(*(wire.ask([("PING",)]) for wire in wires))
    server_before, client_before, began = cpu_s(pid), time.process_time(), time.perf_counter()
    await asyncio.gather(*map(one, wires))
    took = time.perf_counter() - began
    server, client = cpu_s(pid) - server_before, time.process_time() - client_before
    await asyncio.gather(*(wire.close() for wire in wires))
    count = len(commands)
    return Speed(count / took, server / count * 1e6, client / count * 1e6)


def _by_benchmark(folder: Path, size: int) -> Speed:
    """The server's own tool. Its processor time is not told."""
    nothing = float("nan")
    program = shutil.which(BENCHMARK)
    if program is None:
        return Speed(nothing, nothing, nothing)
    pid, before = store_of(folder), cpu_s(store_of(folder))
    command = [program, "-s", str(socket_path(folder)), "-n", str(BY_BENCHMARK), "-c", str(CONNECTIONS)]
    command += ["-P", "1", "-r", "1000", "-d", str(size), "-t", "set", "--csv"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r'"SET","([\d.]+)"', told)
    assert found is not None, told
    return Speed(float(found.group(1)), (cpu_s(pid) - before) / BY_BENCHMARK * 1e6, nothing)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--commits", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    content = load(ROOT / "flows", ("id", "en"))
    rounds = [asyncio.run(measure(content, chosen.commits)) for _ in range(chosen.rounds)]
    commits = medians([one.commits for one in rounds])
    sets = medians([one.sets for one in rounds])
    tool = medians([one.by_benchmark for one in rounds])
    names = {"our commits": commits, "SET, same client": sets, f"SET, {BENCHMARK}": tool}
    rows: list[list[object]] = [
        [name, f"{one.a_second:,.0f}", f"{one.server_us:.0f}", f"{one.client_us:.0f}"] for name, one in names.items()
    ]
    print(table(["command", "a second", "server CPU us", "client CPU us"], rows))
    size = statistics.median(one.size for one in rounds)
    print(f"\n{size:.0f} bytes each, {CONNECTIONS} connections. At least {AIM} aimed at:")
    print(f"ratio to SET by the same client: {commits.a_second / sets.a_second:.2f}")
    print(f"ratio to SET by {BENCHMARK}: {commits.a_second / tool.a_second:.2f}")


if __name__ == "__main__":
    main()
