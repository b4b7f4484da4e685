"""Processes that are gone: their lines are found, and they are forgotten, but never while lines are in their hands."""

from __future__ import annotations

import pytest
from server_groups import until_well
from store_scene import receive, said, take, work_on

from bot.model.event import Lane
from bot.store import RedisStore, connect, lines


def workers(server, program: str) -> int:
    with server.client() as client:
        return len(client.xinfo_consumers(f"sb:{{{program}}}:ready:normal", "workers"))


async def test_a_process_that_is_gone_is_forgotten_once_its_lines_are_in_other_hands(
    store: RedisStore, opener, server, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "FORGET_CONSUMER_MS", -1)
    await receive(store, "p_a", "waits")
    await take(opener())  # and is never heard of again
    await store.timers.tidy()
    assert workers(server, program) == 1
    second = opener(lease_ms=1)
    (work,) = await until_well(lambda: taken_over(second))
    assert said(work) == "waits"
    await work_on(second, work)
    await store.timers.tidy()
    assert workers(server, program) == 0


async def test_a_process_that_comes_back_just_when_it_is_forgotten_keeps_what_it_takes(
    store: RedisStore, opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Frozen for so long that it counts as gone, it goes on exactly between two of our steps."""
    monkeypatch.setattr(lines, "FORGET_CONSUMER_MS", -1)
    frozen, plain = opener(), connect.Server.call
    await frozen.mailboxes.ready(Lane.NORMAL, 1, 0)
    await receive(store, "p_a", "waits")
    taken = []

    async def comes_back(server: connect.Server, *command: connect.Part) -> connect.Reply:
        if "DELCONSUMER" in command and not taken:
            taken.extend(await frozen.mailboxes.ready(Lane.NORMAL, 1, 0))
        return await plain(server, *command)

    monkeypatch.setattr(connect.Server, "call", comes_back)
    await store.timers.tidy()
    (work,) = taken or await frozen.mailboxes.ready(Lane.NORMAL, 1, 0)
    assert said(work) == "waits"
    assert await work_on(frozen, work) is None


async def test_the_clock_bears_a_lane_that_lost_its_group(store: RedisStore, server, program: str) -> None:
    with server.client() as client:
        client.delete(f"sb:{{{program}}}:ready:normal")
    await store.timers.tidy()
    await receive(store, "p_a", "one")


async def taken_over(store: RedisStore):
    found = ()
    while not found:
        found = await store.mailboxes.reclaim(Lane.NORMAL, 1)
    return found


async def test_a_line_of_a_process_that_is_gone_is_found_behind_many_that_are_being_worked(
    store: RedisStore, opener, server, program: str
) -> None:
    """The server looks through ten lines for each that is asked for, so the search must go on where it ended."""
    busy, gone, heir = opener(), opener(), opener(lease_ms=600_000)
    for number in range(35):
        await receive(busy, f"p_{number:02}")
    assert len(await busy.mailboxes.ready(Lane.NORMAL, 35, 0)) == 35
    await receive(busy, "p_lost", "waits")
    lost = await take(gone)
    with server.client() as client:
        stream = f"sb:{{{program}}}:ready:normal"
        (holder,) = [each["name"] for each in client.xinfo_consumers(stream, "workers") if each["pending"] == 1]
        client.xclaim(stream, "workers", holder, 0, [lost.ticket.entry], idle=1_000_000, justid=True)
    found = [work for _ in range(5) for work in await heir.mailboxes.reclaim(Lane.NORMAL, 1)]
    assert [work.ticket.line for work in found] == ["p_lost"]
