"""Walks every way through every flow, by its buttons and by silence: none fails, none ends in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from bot.content import load_sources, sources
from bot.flow import (
    Ask,
    Chosen,
    Ended,
    FindCounselor,
    FindPeer,
    Raise,
    Say,
    ShowResource,
    Troubled,
    Turn,
    Typed,
    answer,
    ask_again,
    start,
    time_out,
)
from bot.flow.steps.match import MatchStep
from bot.model.session import Session

FILES = sources(Path(__file__).parents[3] / "flows")
CONTENT = load_sources({name: text for name, text in FILES.items() if "/screening/" not in name}, ("id", "en"))
FLOWS = CONTENT.flows
NOW = 1_000_000
SEEN = (Say, Ask, ShowResource, FindPeer, FindCounselor)


@dataclass(frozen=True)
class Way:
    """A turn, and whether before or in it danger was told and a counselor called."""

    turn: Turn
    danger: bool
    called: bool


def ways(session: Session) -> Iterator[Turn]:
    """Every turn that buttons, words and silence can bring from here. The time stands still, so that states repeat."""
    asked = ask_again(FLOWS, session, NOW).effects[0]
    assert isinstance(asked, Ask)
    for option in asked.options:
        yield answer(FLOWS, session, Chosen(asked.key, option.value), NOW)
    if asked.may_type:
        yield answer(FLOWS, session, Typed("kata-kata"), NOW)
    if asked.timeout_ms:
        silent = time_out(FLOWS, session, NOW + asked.timeout_ms)
        yield Turn(None if silent.session is None else at_now(silent.session), silent.effects)


def at_now(session: Session) -> Session:
    question = session.question
    return (
        session
        if question is None
        else msgspec.structs.replace(session, question=msgspec.structs.replace(question, asked_at=NOW))
    )


def branching(session: Session) -> bytes:
    """Where the session stands, with those values only that a condition reads: the others change no way."""
    frames = [
        (frame.flow, frame.step, {name: frame.values[name] for name in sorted(read_in(frame.flow))})
        for frame in session.frames
    ]
    return msgspec.json.encode((frames, session.question))


def read_in(flow: str) -> set[str]:
    return {
        name
        for step in FLOWS[flow].steps
        if not isinstance(step, MatchStep)
        for expression in step.expressions
        for name in expression.names
    }


def walk(flow: str) -> Iterator[Way]:
    """Every turn of the flow, each state once. A topic is handed in, since some ways depend on it."""
    begun = [start(FLOWS, flow, {"topic": topic, "age": 18}, "edition", NOW) for topic in (None, *CONTENT.topics)]
    left = [Way(turn, danger_in(turn), called_in(turn)) for turn in begun]
    known: set[tuple[bytes, bool, bool]] = set()
    while left:
        way = left.pop()
        yield way
        session = way.turn.session
        if session is None or (state := (branching(session), way.danger, way.called)) in known:
            continue
        known.add(state)
        left.extend(Way(turn, way.danger or danger_in(turn), way.called or called_in(turn)) for turn in ways(session))


def danger_in(turn: Turn) -> bool:
    return any(isinstance(effect, Raise) and effect.level.is_crisis for effect in turn.effects)


def called_in(turn: Turn) -> bool:
    return any(isinstance(effect, FindCounselor) for effect in turn.effects)


@pytest.mark.parametrize("flow", sorted(FLOWS.by_name))
def test_no_way_through_a_flow_ends_in_the_dark(flow: str) -> None:
    ends = 0
    for way in walk(flow):
        effects = way.turn.effects
        assert not any(isinstance(effect, Troubled) for effect in effects)
        if way.turn.session is None:
            ends += 1
            assert isinstance(effects[-1], Ended)
            assert not isinstance([effect for effect in effects if isinstance(effect, SEEN)][-1], Ask)
    assert ends


@pytest.mark.parametrize("flow", sorted(FLOWS.by_name))
def test_danger_that_somebody_tells_a_flow_always_brings_a_counselor(flow: str) -> None:
    """At the latest when the flow is over: an answer at red or above is never only noted."""
    assert all(way.called for way in walk(flow) if way.turn.session is None and way.danger)
