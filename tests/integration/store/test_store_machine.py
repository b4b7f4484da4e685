"""Any mixture of arrivals, work, crashes, timers and sends, checked against a model that is a few plain lists.

Two stores stand for two processes. Whatever they do, and whenever one of them freezes in the middle: each event takes
effect once and in order, each message leaves in order, and each line with something in it is scheduled exactly once.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from store_scene import NOW, address, arrival, said, text_of

from bot.model.event import Lane, TextSaid
from bot.model.outgoing import SendText
from bot.runtime.store import Parcel, Superseded, Work
from bot.store import Keyring, RedisStore, new_key, open_store

PEOPLE = st.sampled_from(["p_a", "p_b", "p_c"])
LANES = st.sampled_from([Lane.CRISIS, Lane.NORMAL])
SIDES = st.integers(0, 1)
KEYRING = Keyring.from_text(new_key())


class StoreMachine(RuleBasedStateMachine):
    """`server` is set by the test."""

    server: Any

    @initialize()
    def start(self) -> None:
        self.runner = asyncio.Runner()
        self.program = f"machine-{uuid.uuid4().hex}"
        self.stores = [open_store(self.server.url, self.program, KEYRING, lease_ms=0) for _ in range(2)]
        self.redis = self.server.client()
        self.run(self.stores[0].prepare())
        self.expected: dict[str, list[str]] = defaultdict(list)
        self.worked: dict[str, list[str]] = defaultdict(list)
        self.committed: dict[str, list[str]] = defaultdict(list)
        self.sent: dict[str, list[str]] = defaultdict(list)
        self.works: list[tuple[RedisStore, Work]] = []
        self.parcels: list[tuple[RedisStore, Parcel]] = []
        self.number = 0

    def run(self, act: Any) -> Any:
        return self.runner.run(act)

    @rule(person=PEOPLE, lane=LANES, again=st.booleans())
    def arrive(self, person: str, lane: Lane, again: bool) -> None:
        self.number += 1
        made = arrival(person, str(self.number))
        for _ in range(1 + again):
            self.run(self.stores[0].intake.receive([(made, lane)]))
        self.expected[person].append(str(self.number))

    @rule(side=SIDES, lane=LANES, count=st.integers(1, 3))
    def take(self, side: int, lane: Lane, count: int) -> None:
        store = self.stores[side]
        self.works += [(store, work) for work in self.run(store.mailboxes.ready(lane, count, 0))]

    @rule(side=SIDES, lane=LANES)
    def take_over(self, side: int, lane: Lane) -> None:
        store = self.stores[side]
        self.works += [(store, work) for work in self.run(store.mailboxes.reclaim(lane, 3))]

    @rule(choice=st.integers(0, 20), go_on=st.booleans(), stale=st.booleans())
    def work(self, choice: int, go_on: bool, stale: bool) -> None:
        """Commits something that was taken at some time, by whoever took it; perhaps keeps it to try again later."""
        if not self.works:
            return
        place = choice % len(self.works)
        store, work = self.works[place] if stale else self.works.pop(place)
        tx = store.mailboxes.begin(work, NOW, self.number)
        tx.send(address(work.ticket.line), SendText(said(work)))
        if not said(work).startswith("rang"):
            tx.start_timer(f"t{said(work)}", NOW, work.ticket.line, TextSaid(f"rang {said(work)}", ""))
        try:
            following = self.run(store.mailboxes.commit(tx, go_on=go_on))
        except Superseded:
            return
        self.worked[work.ticket.line].append(said(work))
        self.committed[work.ticket.line].append(said(work))
        if following is not None:
            self.works.append((store, following))

    @rule(side=SIDES)
    def ring(self, side: int) -> None:
        """What rings is worked like any other event, but its place among the others is left open."""
        due = [name.decode() for name in self.redis.zrange(f"sb:{{{self.program}}}:timers", 0, -1)]
        assert self.run(self.stores[side].timers.fire(NOW)) == len(due)
        for name in due:
            text = name.removeprefix("t")
            person = next(person for person, texts in self.worked.items() if text in texts)
            self.expected[person].append(f"rang {text}")

    @rule(side=SIDES, lane=LANES, over=st.booleans())
    def take_chats(self, side: int, lane: Lane, over: bool) -> None:
        outbox = self.stores[side].outbox
        taken = self.run(outbox.reclaim(lane, 3) if over else outbox.ready(lane, 3, 0))
        self.parcels += [(self.stores[side], parcel) for parcel in taken]

    @rule(choice=st.integers(0, 20), go_on=st.booleans(), later=st.booleans(), stale=st.booleans())
    def note(self, choice: int, go_on: bool, later: bool, stale: bool) -> None:
        if not self.parcels:
            return
        place = choice % len(self.parcels)
        store, parcel = self.parcels[place] if stale else self.parcels.pop(place)
        assert parcel.outgoing is not None
        if later:
            self.run(store.outbox.later(parcel, NOW, failed=True))
            return
        try:
            following = self.run(store.outbox.sent(parcel, ("1",), NOW, go_on=go_on))
        except Superseded:
            return
        self.sent[parcel.outgoing.to.chat].append(text_of(parcel))
        if following is not None:
            self.parcels.append((store, following))

    @rule(side=SIDES)
    def wake(self, side: int) -> None:
        self.run(self.stores[side].timers.wake(NOW))

    @invariant()
    def events_take_effect_once_and_in_order(self) -> None:
        for person, texts in self.worked.items():
            assert texts == self.expected[person][: len(texts)]
        for chat, texts in self.sent.items():
            assert texts == self.committed[chat][: len(texts)]

    @invariant()
    def what_waits_is_scheduled_exactly_once(self) -> None:
        if not hasattr(self, "program"):
            return
        for lists, places, streams in (("mail", "mail-places", "ready"), ("out", "chat-places", "send")):
            prefix = f"sb:{{{self.program}}}:"
            filled = {key.decode().removeprefix(f"{prefix}{lists}:") for key in self.redis.keys(f"{prefix}{lists}:*")}
            filled -= {places}
            scheduled = [
                fields[b"line"].decode()
                for lane in Lane
                for _, fields in self.redis.xrange(f"{prefix}{streams}:{lane.value}")
            ]
            aside = [name.decode() for name in self.redis.zrange(f"{prefix}delayed", 0, -1)] if lists == "out" else []
            assert sorted(scheduled + aside) == sorted(filled)
            assert {name.decode() for name in self.redis.hkeys(f"{prefix}{places}")} == filled

    def teardown(self) -> None:
        """Everything that was accepted can still be worked and sent, by one process alone."""
        if not hasattr(self, "runner"):
            return
        self.wake(0)
        for _ in range(100):
            for lane in Lane:
                self.take_over(0, lane)
                self.take(0, lane, 3)
                self.take_chats(0, lane, True)
                self.take_chats(0, lane, False)
            while self.works:
                self.work(0, True, False)
            while self.parcels:
                self.note(0, True, False, False)
            if self.worked == self.expected and self.sent == self.committed:
                break
        assert self.worked == self.expected
        assert self.sent == self.committed
        for store in self.stores:
            self.run(store.close())
        self.redis.close()
        self.runner.close()


@pytest.mark.timeout(120)
def test_no_mixture_of_work_and_crashes_loses_doubles_or_reorders(server) -> None:
    machine = type("Machine", (StoreMachine,), {"server": server})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
