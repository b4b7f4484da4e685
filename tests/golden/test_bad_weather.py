"""What goes wrong inside never costs the person: a failed screening is a concern, and a level never falls by itself."""

from __future__ import annotations

import uuid

import pytest
from golden_world import World
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import handlers.speech
from bot.model.address import Side
from bot.model.event import ButtonPressed, CommandGiven, TextSaid
from bot.model.level import Level
from bot.model.person import Role
from bot.store import Keyring, RedisStore, new_key, open_store

TEXTS = ("makasih ya", "aku capek", "pengen nyerah", "aku mau mati", "aku udah minum semua obatnya", "haha bercanda")


async def test_if_screening_itself_fails_the_message_reaches_the_counselors(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    world = World(store)
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    world.add_phone("siti", Side.STUDENT, "id")
    monkeypatch.setattr(handlers.speech, "screen", broken)
    await world.act("siti", TextSaid("halo", "m"))
    case = await world.case_of("siti")
    assert case is not None
    assert case.level is Level.RED
    assert any("ratna" in line and "perlu konselor" in line for line in world.shown)
    assert world.troubles == ["screening failed: ZeroDivisionError"]


deeds = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: TextSaid(text, "m")),
    st.sampled_from(["stop", "crisis", "start", "delete", "help"]).map(lambda name: CommandGiven(name, "", "m")),
    st.just(ButtonPressed("unknown", "press")),
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(deeds, min_size=1, max_size=8))
async def test_nothing_that_a_student_does_lowers_the_level_of_their_case(
    store_url: str, acts: list[TextSaid | CommandGiven | ButtonPressed]
) -> None:
    store = open_store(store_url, f"golden-{uuid.uuid4().hex}", Keyring.from_text(new_key()))
    await store.prepare()
    world = World(store)
    world.add_phone("siti", Side.STUDENT, "id")
    await world.act("siti", TextSaid("aku mau mati", "m"))
    before = Level.GREEN
    for act in acts:
        await world.act("siti", act)
        case = await world.case_of("siti")
        assert case is not None, "a counselors' case was closed by its student"
        assert case.level >= before
        before = case.level
    await store.close()
