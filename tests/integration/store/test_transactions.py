"""Transactions: read, decide, commit; all or nothing, and never on a view that is out of date."""

from __future__ import annotations

import msgspec
import pytest
from store_scene import NOW, address, parcel, receive, said, take, text_of, work_on

from bot.model.address import Side
from bot.model.case import Case, Party, State
from bot.model.conversation import Conversation
from bot.model.event import Lane, Nudge, TimerRang
from bot.model.level import Level
from bot.model.outgoing import SendText
from bot.model.person import Person, Role, Staff
from bot.runtime.store import Conflict, Work
from bot.runtime.transaction import Transaction
from bot.store import RedisStore
from bot.store.documents import CannotExpire


def supporter(person: str, *, on_duty: bool = True) -> Person:
    return Person(person, NOW, staff=Staff(frozenset({Role.SUPPORTER}), "Melati", NOW * 2, on_duty))


def waiting_case(case: str = "case_a", student: str = "p_student") -> Case:
    party = Party(student, Side.STUDENT, address(), "Awan", "id")
    return Case(case, State.REQUESTED, NOW, NOW, Level.BLUE, "school", party)


async def begin(store: RedisStore, person: str) -> tuple[Work, Transaction]:
    await receive(store, person)
    work = await take(store)
    return work, store.mailboxes.begin(work, NOW, 1)


async def test_what_was_saved_is_read_by_the_next(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(Person("p_a", NOW, language="id"))
    tx.save(Conversation("p_a", Side.STUDENT, purpose="welcome"))
    assert (await tx.conversation("p_a", Side.STUDENT)).purpose == "welcome"
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert await tx.person("p_a") == Person("p_a", NOW, language="id")
    assert (await tx.conversation("p_a", Side.STUDENT)).purpose == "welcome"
    assert (await tx.conversation("p_a", Side.STAFF)) == Conversation("p_a", Side.STAFF)


async def test_the_next_event_of_a_mailbox_sees_what_the_one_before_saved(store: RedisStore) -> None:
    _work, tx = await begin(store, "p_a")
    await receive(store, "p_a", "two")
    tx.save(Person("p_a", NOW, language="en"))
    following = await store.mailboxes.commit(tx, go_on=True)
    assert following is not None
    tx = store.mailboxes.begin(following, NOW, 2)
    found = await tx.person("p_a")
    assert found is not None
    assert found.language == "en"
    tx.delete(found)
    assert await tx.person("p_a") is None
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert await tx.person("p_a") is None


async def test_nothing_happens_before_the_commit(store: RedisStore, server, program) -> None:
    _, tx = await begin(store, "p_a")
    with server.client() as client:
        before = sorted(client.keys(f"sb:{{{program}}}:*"))
        tx.save(supporter("p_a"))
        tx.send(address(), SendText("hello"))
        tx.post("p_b", Nudge("look"))
        tx.start_timer("t", NOW, "p_a", TimerRang("t"))
        assert sorted(client.keys(f"sb:{{{program}}}:*")) == before


async def test_a_document_changed_meanwhile_is_a_conflict_and_nothing_is_written(store: RedisStore) -> None:
    _, first = await begin(store, "p_a")
    _, second = await begin(store, "p_b")
    for tx in (first, second):
        assert await tx.case("case_a") is None
        tx.save(waiting_case())
        tx.send(address("of " + tx.event.person), SendText(tx.event.person))
    await store.mailboxes.commit(first, go_on=True)
    with pytest.raises(Conflict):
        await store.mailboxes.commit(second, go_on=True)
    assert text_of(await parcel(store)) == "p_a"
    assert not await store.outbox.ready(Lane.NORMAL, 10, 0)


async def test_a_document_that_expired_or_was_deleted_meanwhile_is_a_conflict(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(Person("p_a", NOW))
    await store.mailboxes.commit(tx, go_on=True)
    _, reader = await begin(store, "p_b")
    assert await reader.person("p_a") is not None
    _, deleter = await begin(store, "p_c")
    deleter.delete(Person("p_a", NOW))
    await store.mailboxes.commit(deleter, go_on=True)
    with pytest.raises(Conflict):
        await store.mailboxes.commit(reader, go_on=True)


async def test_nobody_is_free_and_nobody_waits_cannot_both_be_believed(store: RedisStore) -> None:
    """A student finds no supporter and waits, while a supporter comes on duty and finds nobody waiting."""
    _, student = await begin(store, "p_student")
    _, helper = await begin(store, "p_helper")
    assert await student.roster() == ()
    assert await helper.waiting() == ()
    student.save(waiting_case())
    helper.save(supporter("p_helper"))
    await store.mailboxes.commit(student, go_on=True)
    with pytest.raises(Conflict):
        await store.mailboxes.commit(helper, go_on=True)
    again = store.mailboxes.begin(helper.work, NOW, 2)  # type: ignore[attr-defined]
    assert [entry.case for entry in await again.waiting()] == ["case_a"]


async def test_an_index_is_what_the_documents_say_in_this_transaction_too(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(waiting_case("case_a"))
    tx.save(waiting_case("case_b"))
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert {entry.case for entry in await tx.waiting()} == {"case_a", "case_b"}
    case = await tx.case("case_a")
    assert case is not None
    tx.save(msgspec.structs.replace(case, state=State.QUEUED))
    tx.delete(waiting_case("case_b"))
    tx.save(waiting_case("case_c"))
    assert [entry.case for entry in await tx.waiting()] == ["case_c"]
    assert [entry.case for entry in await tx.queue()] == ["case_a"]
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert [entry.case for entry in await tx.waiting()] == ["case_c"]
    assert [entry.case for entry in await tx.queue()] == ["case_a"]
    assert await tx.open_cases() == ()


async def test_a_document_saved_unread_leaves_the_indexes_right(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(supporter("p_helper"))
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    tx.save(supporter("p_helper", on_duty=False))
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert await tx.roster() == ()
    assert [entry.person for entry in await tx.staff()] == ["p_helper"]


async def test_an_indexs_revision_changes_only_when_the_index_does(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(supporter("p_helper"))
    await store.mailboxes.commit(tx, go_on=True)
    _, reader = await begin(store, "p_b")
    await reader.roster()
    _, tx = await begin(store, "p_a")
    person = await tx.person("p_helper")
    assert person is not None
    tx.save(msgspec.structs.replace(person, own_case="case_x"))
    await store.mailboxes.commit(tx, go_on=True)
    await store.mailboxes.commit(reader, go_on=True)


async def test_a_conversation_has_no_place_in_its_owners_index(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(supporter("p_a"))
    tx.save(Conversation("p_a", Side.STAFF))
    assert [entry.person for entry in await tx.roster()] == ["p_a"]
    tx.delete(Conversation("p_a", Side.STAFF))
    assert [entry.person for entry in await tx.roster()] == ["p_a"]


async def test_a_document_in_an_index_may_not_expire(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    with pytest.raises(CannotExpire):
        tx.save(waiting_case(), keep_until=NOW + 1)


async def test_a_document_is_forgotten_when_its_time_is_over(store: RedisStore) -> None:
    _, tx = await begin(store, "p_a")
    tx.save(Person("p_a", NOW), keep_until=NOW)
    tx.save(Person("p_b", NOW), keep_until=1)
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert await tx.person("p_a") is not None
    assert await tx.person("p_b") is None


async def test_what_is_posted_arrives_after_what_is_there(store: RedisStore) -> None:
    _work, tx = await begin(store, "p_a")
    await receive(store, "p_a", "already there")
    tx.post("p_a", Nudge("look"))
    tx.post("p_b", Nudge("crisis"), lane=Lane.CRISIS)
    following = await store.mailboxes.commit(tx, go_on=True)
    assert said(following) == "already there"
    assert following is not None
    last = await work_on(store, following)
    assert last is not None
    assert last.event is not None
    assert last.event.body == Nudge("look")
    assert (await take(store, Lane.CRISIS)).ticket.line == "p_b"


async def test_an_invitation_is_used_once_however_it_is_typed(store: RedisStore) -> None:
    code = await store.admin.add_invite(Role.COUNSELOR, NOW, 1_000)
    _, tx = await begin(store, "p_a")
    found = await tx.invite(f" {code[:5].lower()}-{code[5:]} ")
    assert found is not None
    assert found.role is Role.COUNSELOR
    assert await tx.invite("ABCDE23456") is None
    tx.delete(found)
    await store.mailboxes.commit(tx, go_on=True)
    _, tx = await begin(store, "p_a")
    assert await tx.invite(code) is None


async def test_two_people_cannot_use_one_invitation(store: RedisStore) -> None:
    code = await store.admin.add_invite(Role.SUPPORTER, NOW, 1_000, trained=True)
    transactions = [(await begin(store, person))[1] for person in ("p_a", "p_b")]
    for tx in transactions:
        invite = await tx.invite(code)
        assert invite is not None
        tx.delete(invite)
    await store.mailboxes.commit(transactions[0], go_on=True)
    with pytest.raises(Conflict):
        await store.mailboxes.commit(transactions[1], go_on=True)


async def test_an_attempt_makes_the_same_ids_from_the_same_seed(store: RedisStore) -> None:
    work, one = await begin(store, "p_a")
    two, other = store.mailboxes.begin(work, NOW, 1), store.mailboxes.begin(work, NOW, 2)
    ids = [(tx.new_id("case"), tx.pick(1000)) for tx in (one, two, other)]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0][0].startswith("case_")
    assert len(ids[0][0]) == len("case_") + 20
