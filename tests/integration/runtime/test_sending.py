"""The sender loop: in order per chat, crises first, and every message ends by name."""

from __future__ import annotations

import asyncio
import time

import pytest
from runtime_scene import FakePlatform, running, sender, until
from store_scene import NOW, address, parcel, receive, send, take, work_on

from bot.model.address import Address
from bot.model.event import Lane, Receipt
from bot.model.outgoing import AnswerPress, DeleteMessage, EditText, Failure, ReceiptWanted, SendText, What
from bot.runtime.clock import Clock
from bot.runtime.loop import Vitals, wall_clock
from bot.runtime.platform import GivenUp, Sent, TryLater, Unauthorized
from bot.runtime.precedence import Precedence
from bot.runtime.sender import SLOTS
from bot.runtime.store import Parcel
from bot.runtime.transaction import Transaction
from bot.store import RedisStore


class Fails:
    """Raises for a chat, so many times."""

    def __init__(self, chat: str, *errors: Exception) -> None:
        self._chat = chat
        self._errors = list(errors)
        self.times = 0

    def __call__(self, to: Address, _: What) -> None:
        if to.chat == self._chat and self._errors:
            self.times += 1
            raise self._errors.pop(0)


def clock(store: RedisStore) -> Clock:
    return Clock(store.timers, Vitals(), now=wall_clock)


async def test_messages_arrive_in_order_per_chat(store: RedisStore) -> None:
    platform = FakePlatform()
    for number in range(5):
        await send(store, f"a{number}", chat="a")
        await send(store, f"b{number}", chat="b")
    async with running(sender(store, platform)):
        await until(lambda: len(platform.sent) == 10)
    assert platform.by_chat() == {chat: [f"{chat}{number}" for number in range(5)] for chat in "ab"}


async def test_a_limit_on_one_chat_delays_that_chat_only_and_keeps_its_order(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = Fails("slow", TryLater("429", 600))
    await send(store, "one", "two", chat="slow")
    async with running(sender(store, platform), clock(store)):
        await send(store, "quick", chat="quick")
        await until(lambda: platform.texts("quick"))
        assert not platform.texts("slow")
        await until(lambda: len(platform.texts("slow")) == 2)
    assert platform.texts("slow") == ["one", "two"]


async def test_a_limit_on_the_whole_bot_keeps_every_chat_of_it_quiet(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = fails = Fails("a", TryLater("429", 700, whole_bot=True))
    await send(store, "one", chat="a")
    async with running(sender(store, platform), clock(store)):
        await until(lambda: fails.times)
        await send(store, "two", chat="b")
        await asyncio.sleep(0.3)
        assert not platform.sent
        await until(lambda: len(platform.sent) == 2)


async def test_passing_troubles_are_tried_again_with_growing_waits(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = fails = Fails("4711", TryLater("network"), TryLater("server error"))
    await send(store, "one")
    async with running(sender(store, platform), clock(store)):
        await until(lambda: platform.sent)
    assert platform.texts() == ["one"]
    assert fails.times == 2


async def with_receipt(store: RedisStore, what: What) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), what, receipt=ReceiptWanted("p_sender", "relay"))
        tx.send(address(), SendText("after"))

    await receive(store, "p_a")
    await work_on(store, await take(store), handler)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (None, None),
        (GivenUp(Failure.BLOCKED, "blocked"), Failure.BLOCKED),
        (GivenUp(Failure.GONE, "chat not found"), Failure.GONE),
    ],
)
async def test_whoever_asked_is_told_how_it_ended(store: RedisStore, error, failure) -> None:
    platform = FakePlatform()
    platform.trouble = Fails("4711", *([error] if error else []))
    await with_receipt(store, SendText("relayed"))
    async with running(sender(store, platform)):
        await until(lambda: "after" in platform.texts())
    told = (await take(store)).event
    assert told is not None
    assert told.body == Receipt("relay", failure=failure)
    assert (await store.admin.health()).dead_letters == (1 if failure else 0)


async def test_what_nobody_misses_is_dropped_and_not_kept(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = Fails("4711", GivenUp(Failure.GONE, "query is too old"))
    await with_receipt(store, AnswerPress("press"))
    async with running(sender(store, platform)):
        await until(lambda: "after" in platform.texts())
    assert (await store.admin.health()).dead_letters == 0


@pytest.mark.parametrize(
    "trouble", [None, TryLater("network"), GivenUp(Failure.GONE, "too old"), RuntimeError("a bug")]
)
async def test_whatever_becomes_of_the_answer_to_a_press_what_follows_it_arrives_once(
    store: RedisStore, trouble: Exception | None
) -> None:
    def fails(_: Address, what: What) -> None:
        if trouble is not None and isinstance(what, AnswerPress):
            raise trouble

    async def handler(tx: Transaction) -> None:
        tx.send(address(), AnswerPress("press"))
        tx.send(address(), SendText("one"))
        tx.send(address(), SendText("two"))

    platform = FakePlatform()
    platform.trouble = fails
    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    async with running(sender(store, platform)):
        await until(lambda: len(platform.texts()) == 2)
    assert platform.texts() == ["one", "two"]
    assert any(isinstance(what, AnswerPress) for _, what, _ in platform.sent) == (trouble is None)


async def test_a_message_that_fails_for_too_long_expires_and_the_asker_is_told(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = Fails("4711", TryLater("network"))
    await with_receipt(store, SendText("relayed"))
    async with running(sender(store, platform, patience_ms=0, now=lambda: NOW + 1)):
        await until(lambda: platform.sent)
    assert platform.texts() == ["after"]
    told = (await take(store)).event
    assert told is not None
    assert told.body == Receipt("relay", failure=Failure.EXPIRED)


async def test_a_driver_that_fails_in_no_way_it_names_blocks_its_chat_for_a_few_tries_only(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = Fails("4711", *(RuntimeError("a bug") for _ in range(5)))
    await send(store, "poisonous", "after")
    vitals = Vitals()
    early = 0

    def hurried() -> int:
        """Waits between attempts pass quickly here."""
        return wall_clock() + early

    async with running(sender(store, platform, vitals=vitals), Clock(store.timers, Vitals(), now=hurried)):
        early = 60_000
        await until(lambda: platform.sent)
    assert platform.texts() == ["after"]
    assert vitals.counts["sends given up: refused"] == 1


async def test_an_unknown_token_keeps_everything_for_later(store: RedisStore) -> None:
    platform = FakePlatform()
    platform.trouble = fails = Fails("4711", Unauthorized())
    await send(store, "one")
    async with running(sender(store, platform)):
        await until(lambda: fails.times)
        await asyncio.sleep(0.1)
    health = await store.admin.health()
    assert (health.delayed_chats, health.dead_letters) == (1, 0)


async def test_an_edit_names_the_last_part_of_the_message_it_changes(store: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("question", ref="ref_q"))
        tx.send(address(), EditText("ref_q", "answered"))
        tx.send(address(), EditText("ref_unknown", "sent anew"))

    platform = FakePlatform()
    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    async with running(sender(store, platform)):
        await until(lambda: len(platform.sent) == 3)
    assert [message for _, _, message in platform.sent] == ["", "1", ""]


async def test_what_is_taken_back_goes_with_all_its_parts_however_often_it_is_tried(store: RedisStore) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), SendText("in two parts", ref="ref_q"))
        tx.send(address(), DeleteMessage("ref_q"))
        tx.send(address(), DeleteMessage("ref_unknown"))
        tx.send(address(), SendText("after"))

    platform = FakePlatform()
    platform.parts = 2
    platform.trouble = NotYet()
    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    async with running(sender(store, platform), clock(store)):
        await until(lambda: "after" in platform.texts())
    taken_back = [message for _, what, message in platform.sent if isinstance(what, DeleteMessage)]
    assert taken_back == ["1", "1", "1.2"]


async def test_parts_that_arrived_are_left_out_by_whoever_tries_again(store: RedisStore, opener) -> None:
    """Not only by the process that has sent them."""
    half, other = TryLater("limit", 1), TryLater("network", 1)
    half.arrived = ("7", "8")
    platform = FakePlatform()
    platform.trouble = fails = Fails("4711", half, other)
    await send(store, "long", "after")
    async with running(sender(store, platform)):
        await until(lambda: fails.times)
    async with running(sender(opener(), platform), clock(store)):
        await until(lambda: len(platform.sent) == 2)
    assert platform.texts() == ["long", "after"]
    assert platform.left_out == [("7", "8"), ()]


class NotYet:
    """Fails the second time that something is taken back."""

    def __init__(self) -> None:
        self._times = 0

    def __call__(self, _: Address, what: What) -> None:
        self._times += isinstance(what, DeleteMessage)
        if isinstance(what, DeleteMessage) and self._times == 2:
            raise TryLater("network", 1)


async def test_a_crisis_alert_overtakes_a_full_outbox(store: RedisStore) -> None:
    answers = asyncio.Event()
    waiting: list[str] = []

    class Silent(FakePlatform):
        async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
            if to.chat != "counselor":
                waiting.append(to.chat)
                await answers.wait()
            return await super().send(to, what, message, arrived)

    platform = Silent()
    for number in range(200):
        await send(store, "ordinary", chat=f"chat {number}")
    async with running(sender(store, platform)):
        await until(lambda: len(waiting) == SLOTS[Lane.NORMAL])
        await send(store, "alert", chat="counselor", lane=Lane.CRISIS)
        await until(lambda: platform.texts() == ["alert"])
        answers.set()
        await until(lambda: len(platform.sent) == 201)


async def test_a_slow_platform_does_not_make_another_sender_send_the_same(store: RedisStore, opener) -> None:
    platform = FakePlatform()
    platform.slow_s = 2.5
    await send(store, "once")
    stores = [opener(lease_ms=1_500), opener(lease_ms=1_500)]
    async with running(*(sender(one, platform) for one in stores)):
        await until(lambda: platform.sent)
    assert platform.texts() == ["once"]


class Freeze:
    """Stands for a process that is frozen past its lease at one moment, while another sends all that it had in hand."""

    def __init__(self, patch: pytest.MonkeyPatch, other: RedisStore, platform: FakePlatform) -> None:
        self._patch = patch
        self._other = other
        self._platform = platform
        self._over = False

    async def __call__(self) -> None:
        if self._over:
            return
        self._over = True
        (taken,) = await self._other.outbox.reclaim(Lane.NORMAL, 10)
        current: Parcel | None = taken
        while current is not None:
            assert current.outgoing is not None
            await self._platform.send(current.outgoing.to, current.outgoing.what)
            current = await self._other.outbox.sent(current, (), NOW, go_on=True)
        real = time.clock_gettime
        self._patch.setattr(time, "clock_gettime", lambda clock: real(clock) + 60)


async def test_a_sender_that_was_frozen_before_it_sends_repeats_nothing(
    store: RedisStore, opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = FakePlatform()
    await send(store, "one", "two")
    freeze = Freeze(monkeypatch, opener(lease_ms=0), platform)

    class Before(Precedence):
        async def stand_back(self) -> None:
            await freeze()

    async with running(sender(store, platform, precedence=Before())):
        await until(lambda: len(platform.sent) >= 2)
        await send(store, "three")
        await until(lambda: "three" in platform.texts())
    assert platform.texts() == ["one", "two", "three"]


async def test_a_sender_that_was_frozen_while_it_looked_up_what_to_edit_does_not_edit_it_back(
    store: RedisStore, opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handler(tx: Transaction) -> None:
        tx.send(address(), EditText("ref_q", "earlier"))
        tx.send(address(), EditText("ref_q", "later"))

    platform = FakePlatform()
    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    freeze, found = Freeze(monkeypatch, opener(lease_ms=0), platform), store.outbox.messages_of

    async def slowly(*arguments) -> tuple[str, ...]:
        await freeze()
        return await found(*arguments)

    monkeypatch.setattr(store.outbox, "messages_of", slowly)
    async with running(sender(store, platform)):
        await until(lambda: len(platform.sent) >= 2)
        await send(store, "after")
        await until(lambda: "after" in platform.texts())
    assert [what.text for _, what, _ in platform.sent if isinstance(what, EditText)] == ["earlier", "later"]


async def test_after_a_crash_between_sending_and_noting_one_message_is_repeated(store: RedisStore, opener) -> None:
    platform = FakePlatform()
    await send(store, "one", "two", "three")
    first = await parcel(store)
    second = await store.outbox.sent(first, ("1",), 0, go_on=True)
    assert second is not None
    assert second.outgoing is not None
    await platform.send(second.outgoing.to, second.outgoing.what)  # and here the process dies
    async with running(sender(opener(lease_ms=100), platform)):
        await until(lambda: "three" in platform.texts())
    assert platform.texts() == ["two", "two", "three"]
