"""What was given up can be seen, tried again or dropped, and is not kept for ever."""

from __future__ import annotations

import asyncio

from store_scene import NOW, address, nothing_waits, parcel, receive, send, take, text_of, work_on

from bot.model.event import Lane
from bot.model.outgoing import Failure, ReceiptWanted, SendText
from bot.runtime.transaction import Transaction
from bot.store import DeadLetter, RedisStore


async def letters(store: RedisStore) -> list[DeadLetter]:
    return list(await store.admin.dead_letters())


async def give_up(store: RedisStore, *texts: str, lane: Lane = Lane.NORMAL) -> None:
    await send(store, *texts, lane=lane)
    for _ in texts:
        await store.outbox.given_up(await parcel(store, lane), Failure.GONE, "chat", NOW, keep=True, go_on=False)


async def test_a_letter_tells_why_and_what_it_was_but_not_its_text(store: RedisStore) -> None:
    await give_up(store, "rahasia", lane=Lane.CRISIS)
    (letter,) = await letters(store)
    assert (letter.why, letter.kind, letter.lane, letter.committed_at) == ("gone: chat", "SendText", Lane.CRISIS, NOW)
    assert letter.chat.startswith("test.student.")
    assert "rahasia" not in repr(letter)


async def test_one_is_tried_again_in_its_lane_and_the_others_stay(store: RedisStore) -> None:
    await give_up(store, "one", "two", lane=Lane.CRISIS)
    first, second = await letters(store)
    assert await store.admin.retry_dead(first.id, NOW + 5)
    assert not await store.admin.retry_dead(first.id, NOW + 5)
    assert await letters(store) == [second]
    again = await parcel(store, Lane.CRISIS)
    assert text_of(again) == "one"
    assert again.outgoing is not None
    assert again.outgoing.at == NOW + 5  # so that it is tried as long as a new one


async def test_whoever_was_told_of_the_failure_is_not_told_again(store: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("relayed"), receipt=ReceiptWanted("p_sender", "relay"))

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    await store.outbox.given_up(await parcel(store), Failure.GONE, "chat", NOW, keep=True, go_on=False)
    await work_on(store, await take(store))
    (letter,) = await letters(store)
    await store.admin.retry_dead(letter.id, NOW)
    await store.outbox.sent(await parcel(store), ("1",), NOW, go_on=False)
    assert await nothing_waits(store)


async def test_all_are_tried_again_in_their_order_or_dropped(store: RedisStore) -> None:
    await give_up(store, "one", "two")
    assert await store.admin.retry_dead(None, NOW) == 2
    first = await parcel(store)
    second = await store.outbox.sent(first, (), NOW, go_on=True)
    assert (text_of(first), text_of(second)) == ("one", "two")
    assert second is not None
    await store.outbox.sent(second, (), NOW, go_on=False)
    assert await letters(store) == []
    await give_up(store, "three", "four")
    assert await store.admin.drop_dead(None) == 2
    assert await letters(store) == []


async def test_one_is_dropped_and_is_gone(store: RedisStore) -> None:
    await give_up(store, "one", "two")
    first, second = await letters(store)
    assert await store.admin.drop_dead(first.id)
    assert not await store.admin.drop_dead(first.id)
    assert await letters(store) == [second]


async def test_a_long_list_comes_whole_and_in_order(store: RedisStore, server, program) -> None:
    with server.client() as client:
        for number in range(250):
            client.xadd(f"sb:{{{program}}}:dead", {"chat": "a.b.c", "why": str(number), "sealed": "lost key"})
    found = await letters(store)
    assert [letter.why for letter in found] == [str(number) for number in range(250)]
    assert not await store.admin.retry_dead(found[0].id, NOW)  # it cannot be read


async def test_what_failed_is_forgotten_after_its_time(store: RedisStore, opener) -> None:
    await give_up(store, "one")
    await receive(store, "p_a", "poison")
    await store.mailboxes.bury(await take(store), "a bug")
    await store.timers.tidy()
    health = await store.admin.health()
    assert (health.dead_letters, health.poison) == (1, 1)
    await asyncio.sleep(1.1)
    await opener(keep_failed_ms=1).timers.tidy()
    health = await store.admin.health()
    assert (health.dead_letters, health.poison) == (0, 0)
