"""A crisis takes the crisis lane, and so does everything that could not be judged."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import triage
from bot.app.triage import Triage
from bot.model.event import Body, ButtonPressed, CommandGiven, Lane, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.model.level import Level
from bot.model.verdict import CALM, Verdict
from bot.runtime.measures import SCREENING, Measures
from bot.screening import Lists

DANGER = "aku mau bunuh diri"
LISTS: Any = None


@pytest.fixture(autouse=True)
def _screening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triage, "screen", lambda text, _: Verdict(Level.RED) if text == DANGER else CALM)


@pytest.mark.parametrize(
    "body",
    [
        TextSaid(DANGER, "1"),
        CommandGiven("crisis", "", "1"),
        CommandGiven("note", DANGER, "1"),
        MediaSent(MediaKind.PHOTO, "1", caption=DANGER),
        TextSaid(DANGER, "1", edited=True),
    ],
)
def test_danger_takes_the_crisis_lane_wherever_it_stands(body: Body) -> None:
    assert Triage(lambda: LISTS)(body) is Lane.CRISIS


@pytest.mark.parametrize(
    "body",
    [
        TextSaid("halo, apa kabar", "1"),
        TextSaid("", "1"),
        CommandGiven("start", "ABC", "1"),
        MediaSent(MediaKind.STICKER, "1"),
        ButtonPressed("b_1", "p"),
        ReachChanged(reachable=False),
    ],
)
def test_everything_else_takes_the_normal_lane(body: Body) -> None:
    assert Triage(lambda: LISTS)(body) is Lane.NORMAL


def test_a_message_that_cannot_be_screened_counts_as_a_concern(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Lists:
        raise RuntimeError

    assert Triage(broken)(TextSaid("halo", "1")) is Lane.CRISIS
    assert "screening failed" in caplog.text


def test_judging_at_the_intake_is_timed() -> None:
    measures = Measures()
    triage_of = Triage(lambda: LISTS, measures)
    triage_of(TextSaid("halo", "1"))
    triage_of(ButtonPressed("b_1", "p"))
    assert [sum(spans.by_bucket) for spans in measures.timings.values()] == [1]
    assert set(measures.timings) == {(SCREENING, ("intake",))}
