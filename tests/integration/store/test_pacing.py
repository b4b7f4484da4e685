"""Pacing: all senders together keep to the rates, crises first, and nobody is passed over."""

from __future__ import annotations

import struct

import pytest
from runtime_scene import FakePlatform, running, sender, until
from store_scene import NOW, address, parcel, receive, send, take, text_of, work_on

from bot.model.event import Lane
from bot.model.outgoing import AnswerPress, SendText
from bot.runtime.clock import Clock
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.transaction import Transaction
from bot.store import Limits, RedisStore

SLOW = Limits(per_bot=2.0, bot_burst=3, reserve=1.0, per_chat=1.0, chat_burst=2)
PAIR = struct.Struct("<dd")
WRONG_MS = 7 * 60 * 60 * 1000


@pytest.fixture
async def paced(opener) -> RedisStore:
    made = opener(limits=SLOW)
    await made.prepare()
    return made


async def chats(store: RedisStore, count: int, lane: Lane = Lane.NORMAL) -> list[int]:
    """One message to each of so many chats; for how long each must wait."""
    for number in range(count):
        await send(store, "hello", chat=f"{lane.value} {number}", lane=lane)
    return [one.paced_ms for one in await store.outbox.ready(lane, count, 0)]


async def test_a_burst_passes_and_then_each_chat_gets_a_turn_of_its_own(paced: RedisStore) -> None:
    waits = await chats(paced, 6)
    assert waits[:3] == [0, 0, 0]
    assert [round(wait, -3) for wait in waits[3:]] == [1000, 2000, 3000]


async def test_two_senders_share_one_rate(paced: RedisStore, opener) -> None:
    other = opener(limits=SLOW)
    assert await chats(paced, 3) == [0, 0, 0]
    (wait,) = await chats(other, 1, Lane.BULK)
    assert wait > 500


async def test_a_chat_in_anothers_hand_takes_nothing_of_the_rate(paced: RedisStore, opener) -> None:
    other = opener(limits=SLOW, lease_ms=0)
    await send(paced, "hello")
    mine = await parcel(paced)
    assert await other.outbox.reclaim(Lane.NORMAL, 1)
    for _ in range(5):
        assert await paced.outbox.look_again(mine) is None
    assert await chats(paced, 1) == [0]


async def test_a_bot_is_not_silent_for_as_long_as_the_servers_clock_was_wrong(
    paced: RedisStore, server, program: str
) -> None:
    """Set back by seven hours, as where a machine took its local time for UTC until the network came up."""
    waits = await chats(paced, 6)
    await chats(paced, 4, Lane.CRISIS)
    with server.client() as client:
        for key in client.keys(f"sb:{{{program}}}:pace*"):
            at, charged = PAIR.unpack(client.get(key))
            client.set(key, PAIR.pack(at + WRONG_MS, charged + WRONG_MS), keepttl=True)
    (after,) = await chats(paced, 1, Lane.BULK)
    assert 0 < after < waits[-1] + 10_000
    await send(paced, "alert", chat="counselor", lane=Lane.CRISIS)
    assert (await parcel(paced, Lane.CRISIS)).paced_ms < 2_000


async def test_a_pause_is_over_where_the_servers_clock_was_set_back(store: RedisStore, server, program: str) -> None:
    await send(store, "one")
    waits = await parcel(store)
    await store.outbox.pause(waits, 60_000)
    with server.client() as client:
        (key,) = client.keys(f"sb:{{{program}}}:pause:*")
        till, asked = PAIR.unpack(client.get(key))
        assert (asked, 50_000 < client.pttl(key) <= 60_000) == (60_000, True)
        client.set(key, PAIR.pack(till + WRONG_MS, asked))
    again = await store.outbox.look_again(waits)
    assert again is not None
    assert again.paused_ms == 0


async def test_a_turn_that_was_given_is_kept_however_many_come_after(paced: RedisStore) -> None:
    await chats(paced, 3)
    await send(paced, "patient", chat="patient")
    waiting = await parcel(paced)
    assert waiting.paced_ms > 500
    await paced.outbox.later(waiting, NOW, failed=False)
    await chats(paced, 5)
    await paced.timers.wake(NOW)
    again = await parcel(paced)
    assert (text_of(again), again.paced_ms) == ("patient", 0)


async def test_a_crisis_has_a_reserve_and_others_yield_to_it(paced: RedisStore) -> None:
    await chats(paced, 6)
    assert await chats(paced, 3, Lane.CRISIS) == [0, 0, 0]
    (wait,) = await chats(paced, 1, Lane.BULK)
    assert wait > 6_000


async def test_a_chat_gets_a_burst_and_then_its_rate(paced: RedisStore) -> None:
    await send(paced, "one", "two", "three")
    first = await parcel(paced)
    second = await paced.outbox.sent(first, ("1",), NOW, go_on=True)
    assert second is not None
    third = await paced.outbox.sent(second, ("2",), NOW, go_on=True)
    assert third is not None
    assert (first.paced_ms, second.paced_ms) == (0, 0)
    assert 500 < third.paced_ms <= 1000


async def test_a_crisis_in_a_chat_that_waits_for_its_turn_goes_out_at_once(paced: RedisStore) -> None:
    await send(paced, "one", "two", "three")
    current = await parcel(paced)
    for _ in range(2):
        following = await paced.outbox.sent(current, (), NOW, go_on=True)
        assert following is not None
        current = following
    await paced.outbox.later(current, NOW + 60_000, failed=False)
    await send(paced, "alert", lane=Lane.CRISIS)
    woken = await parcel(paced, Lane.CRISIS)
    assert (text_of(woken), woken.paced_ms) == ("three", 0)


async def test_answers_to_presses_are_not_counted(paced: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        for number in range(2):
            tx.send(address(), AnswerPress(f"press {number}"))
            tx.send(address(), SendText(f"text {number}"))

    await receive(paced, "p_a")
    await work_on(paced, await take(paced), handler)
    first = await parcel(paced)
    assert [message.what for message in first.along] == [AnswerPress("press 0")]
    second = await paced.outbox.sent(first, (), NOW, go_on=True)
    assert second is not None
    assert (text_of(second), second.paced_ms) == ("text 1", 0)
    assert await paced.outbox.sent(second, (), NOW, go_on=True) is None


async def test_a_paced_flood_arrives_whole_and_in_order(opener) -> None:
    store = opener(limits=Limits(per_bot=60.0, bot_burst=2, reserve=10.0, per_chat=20.0, chat_burst=1))
    await store.prepare()
    platform, vitals = FakePlatform(), Vitals()
    for number in range(3):
        for chat in "abc":
            await send(store, f"{chat}{number}", chat=chat)
    async with running(sender(store, platform, vitals=vitals), Clock(store.timers, Vitals(), now=wall_clock)):
        await until(lambda: len(platform.sent) == 9)
    assert platform.by_chat() == {chat: [f"{chat}{number}" for number in range(3)] for chat in "abc"}
    assert vitals.counts["sends paced"]


@pytest.mark.parametrize("faulty", [{"reserve": 30.0}, {"per_chat": 0.0}, {"chat_burst": 0}, {"reserve": -1.0}])
def test_limits_that_would_let_nothing_pass_are_refused(faulty: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="limits"):
        Limits(**faulty)
