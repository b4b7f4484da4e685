"""What processes tell of themselves is there for others, until they are silent for too long."""

from __future__ import annotations

from bot.store import RedisStore
from bot.store.reports import KEEP_MS

NOW = 1_000_000


async def test_the_newest_of_each_process_is_told_and_the_silent_are_forgotten(store: RedisStore) -> None:
    assert await store.reports.told(NOW) == {}
    await store.reports.tell("worker-1", b"old 1", NOW)
    await store.reports.tell("worker-1", b"new\x00 1", NOW + 1)
    await store.reports.tell("worker-2", b"2", NOW + KEEP_MS)
    assert await store.reports.told(NOW + KEEP_MS) == {"worker-1": b"new\x00 1", "worker-2": b"2"}
    assert await store.reports.told(NOW + KEEP_MS + 2) == {"worker-2": b"2"}
    assert await store.reports.told(NOW) == {"worker-2": b"2"}
