"""An append-only file that ends anywhere: each step is in it whole or not at all, and all goes on from there."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest
from store_scene import NOW, address, arrival, text_of, work_on

from bot.model.event import Lane, Receipt, TextSaid, TimerRang
from bot.model.outgoing import ReceiptWanted, SendText
from bot.model.person import Person
from bot.runtime.platform import Arrival
from bot.runtime.store import Parcel, Work
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

CUTS = 12
LANES = (Lane.CRISIS, Lane.NORMAL)


async def handler(tx: Transaction) -> None:
    """Counts what it has heard of each kind, answers a text, and asks to be told how the answer ended."""
    match tx.event.body:
        case TextSaid():
            tx.send(address(), SendText("answer"), receipt=ReceiptWanted("p_a", "relay"))
            tx.start_timer("t", NOW, "p_a", TimerRang("rang"))
            kind = "texts"
        case TimerRang():
            kind = "timers"
        case _:
            assert isinstance(tx.event.body, Receipt)
            kind = "receipts"
    counter = await tx.person(kind) or Person(kind, 0)
    tx.save(msgspec.structs.replace(counter, created_at=counter.created_at + 1))


async def live(store: RedisStore, update: Arrival) -> list[str]:
    """All that becomes of an update, taken over from whoever was in the middle of it; what is sent."""
    sent: list[str] = []
    await store.intake.receive([(update, Lane.NORMAL)])
    for _ in range(4):
        for lane in LANES:
            taken = [*await store.mailboxes.reclaim(lane, 5), *await store.mailboxes.ready(lane, 5, 0)]
            for each in taken:
                work: Work | None = each
                while work is not None:
                    work = await work_on(store, work, handler)
            parcels = [*await store.outbox.reclaim(lane, 5), *await store.outbox.ready(lane, 5, 0)]
            for one in parcels:
                parcel: Parcel | None = one
                while parcel is not None:
                    sent.append(text_of(parcel))
                    parcel = await store.outbox.sent(parcel, ("1",), NOW, go_on=True)
        await store.timers.fire(NOW)
    return sent


async def counted(store: RedisStore) -> list[int]:
    await store.intake.receive([(arrival("p_reader"), Lane.BULK)])
    (work,) = await store.mailboxes.ready(Lane.BULK, 1, 0)
    tx = store.mailboxes.begin(work, NOW, 1)
    found = [await tx.person(kind) for kind in ("texts", "timers", "receipts")]
    return [counter.created_at if counter is not None else 0 for counter in found]


def append_only(folder: Path) -> Path:
    (found,) = folder.rglob("*.incr.aof")
    return found


@pytest.mark.timeout(60)
async def test_wherever_the_append_only_file_ends_everything_goes_on_and_takes_effect_once(
    own_server, opener, tmp_path: Path
) -> None:
    store = opener(own_server.url)
    await store.prepare()
    began = append_only(own_server.folder).stat().st_size
    update = arrival("p_a", key="student:1")
    assert await live(store, update) == ["answer"]
    ended = append_only(own_server.folder).stat().st_size
    own_server.kill()
    kept = own_server.folder / "appendonlydir"
    whole = shutil.copytree(kept, tmp_path / "whole")
    chance = random.Random(7)  # noqa: S311
    repeated = 0
    for _ in range(CUTS):
        shutil.rmtree(kept)
        shutil.copytree(whole, kept)
        with append_only(kept).open("r+b") as file:
            file.truncate(chance.randint(began, ended))
        own_server.start()
        again = opener(own_server.url, lease_ms=0)
        await again.prepare()
        sent = await live(again, update)
        assert sent in ([], ["answer"])
        assert await counted(again) == [1, 1, 1]
        repeated += bool(sent)
        own_server.kill()
    assert 0 < repeated < CUTS
