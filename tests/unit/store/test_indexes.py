"""Working out how a commit changes the indexes."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.model.address import Address, Side
from bot.model.case import Case, Party, State
from bot.model.conversation import Conversation
from bot.model.index import Document, Index, IndexEntry, member_of, placements
from bot.model.level import Level
from bot.model.person import Person, Role, Staff
from bot.store.documents import Change
from bot.store.indexes import changed_entries, overlay

PARTY = Party("p_s", Side.STUDENT, Address("test", "student", "1"), "Awan", "id")


def case(state: State, name: str = "case_a", level: Level = Level.BLUE) -> Case:
    return Case(name, state, 1, 1, level, "school", PARTY)


def staff(name: str, roles: set[Role], *, on_duty: bool) -> Person:
    return Person(name, 1, staff=Staff(frozenset(roles), "Melati", on_duty=on_duty))


def change(before: Document | None, after: Document | None) -> Change:
    return Change("key", before, after, b"", 0)


def test_a_case_that_moves_leaves_one_index_and_enters_another() -> None:
    before, after = case(State.REQUESTED), case(State.QUEUED)
    assert changed_entries([change(before, after)]) == {
        Index.WAITING: {"case_a": None},
        Index.QUEUE: {"case_a": placements(after)[Index.QUEUE]},
    }


def test_a_change_that_no_index_shows_changes_no_index() -> None:
    before = case(State.QUEUED)
    assert changed_entries([change(before, msgspec.structs.replace(before, counselor_arrived=True))]) == {}


def test_a_document_that_goes_takes_its_entries_with_it() -> None:
    person = staff("p_a", {Role.SUPPORTER}, on_duty=True)
    assert changed_entries([change(person, None)]) == {Index.STAFF: {"p_a": None}, Index.ROSTER: {"p_a": None}}


documents = st.one_of(
    st.builds(case, st.sampled_from(State), st.sampled_from(["case_a", "case_b"]), st.sampled_from(Level)),
    st.builds(staff, st.sampled_from(["p_a", "p_b"]), st.sets(st.sampled_from(Role)), on_duty=st.booleans()),
    st.builds(Conversation, st.sampled_from(["p_a", "p_b"]), st.just(Side.STAFF)),
)


@given(st.lists(documents), st.lists(st.tuples(documents, st.booleans())))
def test_what_a_transaction_sees_of_an_index_is_what_the_commit_makes_of_it(
    stored: list[Document], written: list[tuple[Document, bool]]
) -> None:
    def key(document: Document) -> tuple[str, str]:
        return type(document).__name__, member_of(document)

    before = {key(document): document for document in stored}
    last = {key(document): (document, stays) for document, stays in written}
    after = {name: document for name, (document, stays) in last.items() if stays}
    after |= {name: document for name, document in before.items() if name not in last}
    changes = [change(before.get(name), document if stays else None) for name, (document, stays) in last.items()]
    changed = changed_entries(changes)
    for index in Index:

        def entries(found: dict[tuple[str, str], Document], at: Index = index) -> dict[str, IndexEntry]:
            return {member_of(d): placements(d)[at] for d in found.values() if at in placements(d)}

        seen = overlay(index, entries(before), last.values())
        made = {**entries(before), **changed.get(index, {})}
        assert {member: entry for member, entry in made.items() if entry is not None} == entries(after)
        assert sorted(seen, key=repr) == sorted(entries(after).values(), key=repr)
