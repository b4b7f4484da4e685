"""What may never be lost is on a replica before it counts as stored, where replicas are asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from server_groups import Node, watched_pair

from bot.runtime.store import StoreTrouble
from bot.store.addressing import Fixed
from bot.store.connect import Server


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[Node, Node]]:
    async with watched_pair(tmp_path) as (primary, replica, _):
        yield primary, replica


@pytest.fixture
async def server(pair: tuple[Node, Node]) -> AsyncIterator[Server]:
    made = Server(Fixed(f"redis://{pair[0].address}"), replicas=1)
    yield made
    await made.close()


@pytest.mark.parametrize("how", ["copied", "durable"])
async def test_what_must_outlive_its_primary_is_on_a_replica_before_it_counts_as_stored(
    pair: tuple[Node, Node], server: Server, how: str
) -> None:
    primary, replica = pair
    assert await server.script("hold", ("lease",), ("we", 60_000), **{how: True}) == 1
    assert replica.client.get("lease") == b"we"
    assert "cmdstat_wait" in primary.client.info("commandstats")


@pytest.mark.parametrize("how", ["copied", "durable"])
async def test_with_fewer_replicas_than_asked_for_nothing_counts_as_stored(
    pair: tuple[Node, Node], server: Server, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.connect.COPIED_WITHIN_MS", 50)
    _, replica = pair
    replica.client.execute_command("REPLICAOF", "NO", "ONE")
    with pytest.raises(StoreTrouble, match="wait_replicas"):
        await server.script("hold", ("lease",), ("we", 60_000), **{how: True})
    assert await server.script("hold", ("lease",), ("we", 60_000)) == 1


async def test_other_writes_wait_for_nobody(pair: tuple[Node, Node], server: Server) -> None:
    primary, _ = pair
    assert await server.script("hold", ("lease",), ("we", 60_000)) == 1
    assert "cmdstat_wait" not in primary.client.info("commandstats")
