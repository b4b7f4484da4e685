"""Processes that are gone are forgotten, but never while lines are still in their hands."""

from __future__ import annotations

import pytest
from server_groups import until_well
from store_scene import receive, said, take, work_on

from bot.model.event import Lane
from bot.store import RedisStore, lines


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


async def taken_over(store: RedisStore):
    found = ()
    while not found:
        found = await store.mailboxes.reclaim(Lane.NORMAL, 1)
    return found
