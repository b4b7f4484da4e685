"""In which order those who wait are served."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.matching import in_order, place_of
from bot.matching.ordering import AGEING_MS
from bot.model.case import State
from bot.model.index import CaseEntry
from bot.model.level import Level

NOW = 100 * AGEING_MS


def case(name: str, level: Level, waited: int) -> CaseEntry:
    return CaseEntry(name, f"p_{name}", State.QUEUED, level, NOW - waited, "family", "id", frozenset())


def order(*cases: CaseEntry) -> list[str]:
    return [entry.case for entry in in_order(cases, NOW)]


def test_a_higher_level_goes_first_however_short_its_wait() -> None:
    assert order(case("old", Level.RED, 99_999_999), case("new", Level.EMERGENCY, 0)) == ["new", "old"]


def test_among_equals_who_has_waited_longer_goes_first() -> None:
    assert order(case("new", Level.BLUE, 5), case("old", Level.BLUE, 6)) == ["old", "new"]


def test_waiting_raises_so_that_nothing_waits_for_ever() -> None:
    old, new = case("old", Level.BLUE, 2 * AGEING_MS), case("new", Level.YELLOW, 0)
    assert order(new, old) == ["old", "new"]


def test_age_alone_never_overtakes_an_emergency() -> None:
    assert order(case("old", Level.GREEN, 90 * AGEING_MS), case("new", Level.EMERGENCY, 0)) == ["new", "old"]


def test_the_place_counts_from_one_and_is_zero_for_who_does_not_wait() -> None:
    waiting = [case("a", Level.BLUE, 9), case("b", Level.BLUE, 8)]
    assert [place_of(name, waiting, NOW) for name in ("a", "b", "c")] == [1, 2, 0]


@given(st.lists(st.tuples(st.sampled_from(Level), st.integers(0, NOW)), max_size=8))
def test_the_order_does_not_depend_on_how_the_list_came(found: list[tuple[Level, int]]) -> None:
    cases = [case(f"c{number}", level, waited) for number, (level, waited) in enumerate(found)]
    assert in_order(cases, NOW) == in_order(list(reversed(cases)), NOW)
