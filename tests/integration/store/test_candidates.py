"""Texts that wait for a review: kept sealed through a commit, listed, and removed whole."""

from __future__ import annotations

import msgspec
from store_scene import NOW, receive, take, work_on

from bot.model.candidate import Candidate, CandidateKind, day_of
from bot.model.level import Level
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

TEXT = "nilaiku bikin pengen tenggelam di laut merah"
FIRST = Candidate("candidate_a", CandidateKind.FALSE_ALARM, "id", TEXT, Level.RED, ("A/x",), "v1", day_of(NOW))


async def make(store: RedisStore, *candidates: Candidate) -> None:
    async def handler(tx: Transaction) -> None:
        for candidate in candidates:
            tx.save(candidate)

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)


async def test_candidates_are_listed_by_their_day(store: RedisStore) -> None:
    later = msgspec.structs.replace(FIRST, id="candidate_0", at=FIRST.at + 86_400_000)
    await make(store, later, FIRST)
    assert await store.candidates.all() == (FIRST, later)


async def test_a_reviewed_candidate_is_gone_from_the_list_and_for_every_transaction(store: RedisStore) -> None:
    await make(store, FIRST)
    assert await store.candidates.forget(FIRST)
    assert not await store.candidates.forget(FIRST)
    assert await store.candidates.all() == ()
    seen: list[Candidate | None] = []

    async def look(tx: Transaction) -> None:
        seen.append(await tx.candidate(FIRST.id))

    await receive(store, "p_a")
    await work_on(store, await take(store), look)
    assert seen == [None]


async def test_a_handler_can_forget_one(store: RedisStore) -> None:
    await make(store, FIRST)

    async def forget(tx: Transaction) -> None:
        found = await tx.candidate(FIRST.id)
        assert found is not None
        tx.delete(found)

    await receive(store, "p_a")
    await work_on(store, await take(store), forget)
    assert await store.candidates.all() == ()
