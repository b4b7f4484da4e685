"""Ordinary work stands back for a crisis in hand, and never for long."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime import precedence as module
from bot.runtime.precedence import Precedence


async def stood_back(precedence: Precedence, order: list[str]) -> None:
    await precedence.stand_back()
    order.append("ordinary")


async def test_ordinary_work_goes_on_at_once_where_there_is_no_crisis() -> None:
    waiting = asyncio.ensure_future(Precedence().stand_back())
    await asyncio.sleep(0)
    assert waiting.done()


async def test_ordinary_work_waits_until_the_last_crisis_is_out_of_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 60.0)
    precedence, order = Precedence(), list[str]()
    with precedence.urgent():
        ordinary = asyncio.create_task(stood_back(precedence, order))
        with precedence.urgent():
            await asyncio.sleep(0)
        await asyncio.sleep(3 * module.LINGER_S)
        order.append("crisis")
    await ordinary
    assert order == ["crisis", "ordinary"]


async def test_a_crisis_that_comes_while_the_one_before_lingers_is_waited_for_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 60.0)
    precedence, order = Precedence(), list[str]()
    with precedence.urgent():
        ordinary = asyncio.create_task(stood_back(precedence, order))
        await asyncio.sleep(0)
    with precedence.urgent():
        await asyncio.sleep(3 * module.LINGER_S)
        order.append("crisis")
    await ordinary
    assert order == ["crisis", "ordinary"]


async def test_crises_without_end_hold_ordinary_work_up_only_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_S", 0.01)
    precedence = Precedence()
    with precedence.urgent():
        await precedence.stand_back()


async def test_a_crisis_whose_work_fails_lets_ordinary_work_go_on() -> None:
    precedence = Precedence()
    with pytest.raises(LookupError), precedence.urgent():
        raise LookupError
    await asyncio.wait_for(precedence.stand_back(), 5.0)
