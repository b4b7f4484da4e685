"""The outbox: each chat in order, once, and nothing forgotten that could not be sent."""

from __future__ import annotations

import pytest
from store_scene import NOW, address, just_before, parcel, receive, send, take, text_of, work_on

from bot.model.event import Lane, Receipt
from bot.model.outgoing import AnswerPress, EditText, Failure, ReceiptWanted, SendText
from bot.runtime.store import Superseded
from bot.runtime.transaction import Transaction
from bot.store import RedisStore


async def test_a_chats_messages_leave_in_the_order_in_which_they_were_committed(store: RedisStore) -> None:
    await send(store, "one", "two")
    await send(store, "three", person="p_other")
    current = await parcel(store)
    heard = []
    while current is not None:
        heard.append(text_of(current))
        current = await store.outbox.sent(current, ("1",), NOW, go_on=True)
    assert heard == ["one", "two", "three"]
    assert not await store.outbox.ready(Lane.NORMAL, 10, 0)


async def test_a_message_that_was_sent_and_not_noted_is_repeated_and_nothing_else(store: RedisStore, opener) -> None:
    await send(store, "one", "two")
    first = await parcel(store)
    current = await store.outbox.sent(first, ("1",), NOW, go_on=True)
    assert text_of(current) == "two"  # sent, but the sender dies before it is noted
    other = opener(lease_ms=0)
    taken = await other.outbox.reclaim(Lane.NORMAL, 10)
    assert [text_of(one) for one in taken] == ["two"]
    assert current is not None
    with pytest.raises(Superseded):
        await store.outbox.sent(current, ("2",), NOW, go_on=True)
    assert await other.outbox.sent(taken[0], ("3",), NOW, go_on=True) is None


async def test_a_chat_that_was_taken_over_before_its_head_was_read_is_handed_to_its_new_holder_only(
    store: RedisStore, opener, monkeypatch
) -> None:
    """Whoever was frozen between taking it and reading must not send what another is sending."""
    other = opener(lease_ms=0)
    await send(store, "once")
    just_before(monkeypatch, "heads", lambda: other.outbox.reclaim(Lane.NORMAL, 10))
    assert not await store.outbox.ready(Lane.NORMAL, 10, 0)
    (theirs,) = await other.outbox.reclaim(Lane.NORMAL, 10)
    assert await other.outbox.sent(theirs, ("1",), NOW, go_on=True) is None


async def test_a_second_look_at_a_chat_asks_whose_it_is_and_reads_it_in_one_step(
    store: RedisStore, opener, monkeypatch
) -> None:
    other = opener(lease_ms=0)
    await send(store, "once")
    mine = await parcel(store)
    assert text_of(await store.outbox.look_again(mine)) == "once"
    just_before(monkeypatch, "heads", lambda: other.outbox.reclaim(Lane.NORMAL, 10))
    assert await store.outbox.look_again(mine) is None
    assert await store.outbox.look_again(mine) is None


async def test_a_chat_whose_head_was_read_is_ours_for_a_whole_lease_from_then_on(
    store: RedisStore, opener, server, program
) -> None:
    other = opener()
    await send(store, "once")
    mine = await parcel(store)
    with server.client() as client:
        place = client.hget(f"sb:{{{program}}}:chat-places", mine.ticket.line)
        lane, entry, lease_ms = f"sb:{{{program}}}:send:normal", place[2:], 5_000
        (held,) = client.xpending_range(lane, "senders", entry, entry, 1)
        client.xclaim(lane, "senders", held["consumer"], 0, [entry], idle=2 * lease_ms, justid=True)
        assert text_of(await store.outbox.look_again(mine)) == "once"
    assert not await other.outbox.reclaim(Lane.NORMAL, 10)


async def test_noting_twice_takes_out_one_message(store: RedisStore) -> None:
    await send(store, "one", "two")
    first = await parcel(store)
    await store.outbox.sent(first, ("1",), NOW, go_on=True)
    with pytest.raises(Superseded):
        await store.outbox.sent(first, ("1",), NOW, go_on=True)
    again = await store.outbox.look_again(first)
    assert text_of(again) == "two"


async def test_a_chat_set_aside_keeps_its_order_and_waits_until_it_is_due(store: RedisStore) -> None:
    await send(store, "one")
    await store.outbox.later(await parcel(store), NOW + 1_000, failed=True)
    await send(store, "two")
    assert not any((await store.admin.health()).chats.values())
    assert await store.timers.wake(NOW + 999) == 0
    assert not await store.outbox.ready(Lane.NORMAL, 10, 0)
    assert await store.timers.wake(NOW + 1_000) == 1
    woken = await parcel(store)
    assert (text_of(woken), woken.attempts) == ("one", 1)
    following = await store.outbox.sent(woken, ("1",), NOW, go_on=True)
    assert following is not None
    assert (text_of(following), following.attempts) == ("two", 0)


async def test_a_chat_set_aside_by_a_clock_that_was_hours_ahead_does_not_wait_for_hours(store: RedisStore) -> None:
    """As where a machine took its local time for UTC, until the network came up."""
    await send(store, "one")
    await store.outbox.later(await parcel(store), NOW + 7 * 3_600_000, failed=True, named=True)
    assert await store.timers.wake(NOW) == 1
    assert text_of(await parcel(store)) == "one"


async def test_a_chat_set_aside_delays_no_other(store: RedisStore) -> None:
    await send(store, "one", chat="slow")
    await store.outbox.later(await parcel(store), NOW + 1_000, failed=True)
    await send(store, "two", chat="quick")
    assert text_of(await parcel(store)) == "two"


async def test_a_crisis_message_lifts_its_chat_into_the_crisis_lane(store: RedisStore) -> None:
    await send(store, "one", chat="a")
    await send(store, "one", chat="b")
    await send(store, "alert", chat="b", lane=Lane.CRISIS)
    crisis = await parcel(store, Lane.CRISIS)
    assert text_of(crisis) == "one"
    assert text_of(await store.outbox.sent(crisis, (), NOW, go_on=True)) == "alert"


async def test_a_crisis_message_wakes_a_chat_that_backs_off(store: RedisStore) -> None:
    await send(store, "one")
    await store.outbox.later(await parcel(store), NOW + 1_000, failed=True)
    await send(store, "alert", lane=Lane.CRISIS)
    woken = await parcel(store, Lane.CRISIS)
    assert (text_of(woken), woken.attempts) == ("one", 1)
    assert await store.outbox.sent(woken, (), NOW, go_on=False) is None
    assert text_of(await parcel(store, Lane.CRISIS)) == "alert"
    await store.timers.wake(NOW + 1_000)
    assert not await store.outbox.ready(Lane.CRISIS, 10, 0)


async def test_a_crisis_message_waits_out_the_time_that_the_platform_named_and_then_goes_first(
    store: RedisStore,
) -> None:
    await send(store, "one")
    await store.outbox.later(await parcel(store), NOW + 1_000, failed=True, named=True)
    await send(store, "alert", lane=Lane.CRISIS)
    assert not await store.outbox.ready(Lane.CRISIS, 10, 0)
    await store.timers.wake(NOW + 1_000)
    assert text_of(await parcel(store, Lane.CRISIS)) == "one"


async def test_an_answer_to_a_press_ends_together_with_what_follows_it(store: RedisStore, opener) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), AnswerPress("press"))
        tx.send(address(), SendText("one"))
        tx.send(address(), AnswerPress("last"))

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    first = await parcel(store)
    assert text_of(first) == "one"
    assert [message.what for message in first.along] == [AnswerPress("press")]
    await store.outbox.later(first, NOW, failed=True)
    await store.timers.wake(NOW)
    again = await parcel(store)
    assert (text_of(again), again.along) == ("one", ())
    last = await store.outbox.sent(again, ("1",), NOW, go_on=True)
    assert last is not None
    assert last.outgoing is not None
    assert last.outgoing.what == AnswerPress("last")
    assert await store.outbox.sent(last, (), NOW, go_on=True) is None


async def test_a_pause_is_seen_by_every_chat_of_the_bot(store: RedisStore) -> None:
    await send(store, "one", "two", chat="a")
    first = await parcel(store)
    await store.outbox.pause(first, 60_000)
    following = await store.outbox.sent(first, (), NOW, go_on=True)
    assert following is not None
    assert 50_000 < following.paused_ms <= 60_000
    await send(store, "one", chat="b")
    assert (await parcel(store)).paused_ms > 50_000


async def test_our_message_is_found_by_the_platforms_id_and_the_other_way_round(store: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("long", ref="ref_a"))
        tx.send(address(), EditText("ref_a", "longer"))

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    current = await parcel(store)
    edit = await store.outbox.sent(current, ("17", "18"), NOW, go_on=True)
    assert edit is not None
    assert await store.outbox.messages_of(edit, "ref_a", NOW) == ("17", "18")
    await receive(store, "p_a")
    tx = store.mailboxes.begin(await take(store), NOW, 1)
    assert [await tx.ref_of(address(), message) for message in ("17", "18", "19")] == ["ref_a", "ref_a", ""]
    assert await tx.ref_of(address("another chat"), "17") == ""
    week = 7 * 24 * 3_600_000
    assert await store.outbox.messages_of(edit, "ref_a", NOW + week) == ("17", "18")
    assert await store.outbox.messages_of(edit, "ref_a", NOW + 2 * week) == ()


@pytest.mark.parametrize("failure", [None, Failure.BLOCKED])
async def test_whoever_wants_to_know_is_told_how_it_ended(store: RedisStore, failure: Failure | None) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("hi"), receipt=ReceiptWanted("p_sender", "relay", "case_a", "message 5"))

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    current = await parcel(store)
    if failure is None:
        await store.outbox.sent(current, ("1",), NOW, go_on=True)
    else:
        await store.outbox.given_up(current, failure, "blocked by the user", NOW, keep=True, go_on=True)
    told = await take(store)
    assert told.ticket.line == "p_sender"
    assert told.event is not None
    assert told.event.body == Receipt("relay", "case_a", "message 5", failure)
    assert (await store.admin.health()).dead_letters == (0 if failure is None else 1)


async def test_what_is_given_up_makes_way_for_what_comes_after(store: RedisStore) -> None:
    await send(store, "one", "two")
    following = await store.outbox.given_up(
        await parcel(store), Failure.REFUSED, "too long", NOW, keep=False, go_on=True
    )
    assert text_of(following) == "two"
    assert (await store.admin.health()).dead_letters == 0
