"""Who gets an offer: peers are protected first, then the best fit is found."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import Need, Refusal, choose, refusals
from bot.model.index import RosterEntry

NOW = 1_000_000

FREE = RosterEntry(
    person="p_free",
    free=1,
    certified_until=NOW + 1,
    resting_until=0,
    topics=frozenset(),
    languages=frozenset(),
    on_duty_since=0,
    avoids=frozenset(),
)
NEED = Need(student="p_student", language="id", topic="family")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"person": "p_student"}, Refusal.SELF),
        ({"avoids": frozenset({"p_student"})}, Refusal.CONFLICT),
        ({"certified_until": NOW}, Refusal.NOT_CERTIFIED),
        ({"resting_until": NOW + 1}, Refusal.RESTING),
        ({"free": 0}, Refusal.FULL),
        ({"languages": frozenset({"en"})}, Refusal.LANGUAGE),
        ({"topics": frozenset({"study"})}, Refusal.TOPIC),
    ],
)
def test_no_offer_goes_to_somebody_who_must_not_get_it(changes: dict[str, object], reason: Refusal) -> None:
    supporter = msgspec.structs.replace(FREE, **changes)
    assert choose(NEED, [supporter], NOW) is None
    assert refusals(NEED, [supporter], NOW) == {supporter.person: reason}


def test_who_has_declined_is_not_asked_again() -> None:
    need = Need(student="p_student", language="id", topic="family", declined=frozenset({FREE.person}))
    assert choose(need, [FREE], NOW) is None


def test_whom_the_student_avoids_is_not_asked() -> None:
    need = Need(student="p_student", language="id", topic="family", avoids=frozenset({FREE.person}))
    assert refusals(need, [FREE], NOW) == {FREE.person: Refusal.CONFLICT}


def test_the_one_whom_the_student_asked_for_comes_first() -> None:
    other = msgspec.structs.replace(FREE, person="p_other", free=5, topics=frozenset({"family"}))
    need = Need(student="p_student", language="id", topic="family", prefers=FREE.person)
    assert choose(need, [other, FREE], NOW) == FREE


def test_who_named_the_topic_comes_before_who_takes_any() -> None:
    named = msgspec.structs.replace(FREE, person="p_z", topics=frozenset({"family"}))
    assert choose(NEED, [FREE, named], NOW) == named


def test_who_has_waited_longest_for_a_case_comes_first_among_equals() -> None:
    earlier = msgspec.structs.replace(FREE, person="p_z", on_duty_since=-5)
    assert choose(NEED, [FREE, earlier], NOW) == earlier


entries = st.builds(
    RosterEntry,
    person=st.sampled_from(["p_student", "p_a", "p_b", "p_c"]),
    free=st.integers(0, 2),
    certified_until=st.integers(NOW - 1, NOW + 1),
    resting_until=st.integers(NOW - 1, NOW + 1),
    topics=st.frozensets(st.sampled_from(["family", "study"])),
    languages=st.frozensets(st.sampled_from(["id", "en"])),
    on_duty_since=st.integers(0, 3),
    avoids=st.frozensets(st.sampled_from(["p_student", "p_a"])),
)


@given(st.lists(entries, max_size=6, unique_by=lambda entry: entry.person))
def test_the_order_of_the_roster_never_decides(roster: list[RosterEntry]) -> None:
    assert choose(NEED, roster, NOW) == choose(NEED, list(reversed(roster)), NOW)


@given(st.lists(entries, max_size=6, unique_by=lambda entry: entry.person))
def test_everybody_on_the_roster_is_either_fit_or_refused_for_a_reason(roster: list[RosterEntry]) -> None:
    refused = refusals(NEED, roster, NOW)
    chosen = choose(NEED, roster, NOW)
    if chosen is None:
        assert set(refused) == {entry.person for entry in roster}
    else:
        assert chosen.person not in refused
