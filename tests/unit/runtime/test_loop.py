"""How loops wait, and what they say about trouble."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from bot.runtime.loop import LONGEST_WAIT_S, Patience, Vitals, describe, sleep_until


def test_waits_grow_up_to_the_longest_and_begin_anew_after_it_went_well() -> None:
    patience = Patience("worker", Vitals())
    waits = [patience.trouble("down") for _ in range(10)]
    assert waits[:4] == [0.1, 0.2, 0.4, 0.8]
    assert waits[-1] == LONGEST_WAIT_S
    patience.well()
    assert patience.trouble("down") == 0.1


def test_an_episode_of_trouble_is_told_once_at_its_beginning_and_once_at_its_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    vitals = Vitals()
    patience = Patience("worker", vitals)
    with caplog.at_level(logging.INFO):
        for _ in range(5):
            patience.trouble("down")
        assert vitals.troubles == {"worker": "down"}
        patience.well()
        patience.well()
    assert caplog.messages == ["worker waits: down", "worker works again"]
    assert not vitals.troubles


def test_an_error_is_described_by_kind_and_place_and_never_by_what_somebody_wrote() -> None:
    with pytest.raises(ValueError, match="rahasia") as caught:
        int("rahasia")
    described = describe(caught.value)
    assert described.startswith("ValueError at test_loop.py:")
    assert "rahasia" not in described
    assert describe(KeyError("rahasia")) == "KeyError"


async def test_a_sleep_ends_at_a_stop() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)
    started = time.monotonic()
    await sleep_until(stop, 10)
    assert time.monotonic() - started < 5
    await sleep_until(asyncio.Event(), 0.001)


def test_a_loop_that_never_turned_has_no_age() -> None:
    vitals = Vitals()
    assert vitals.idle_s("clock") is None
    vitals.turn("clock")
    age = vitals.idle_s("clock")
    assert age is not None
    assert 0 <= age < 5
