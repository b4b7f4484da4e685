"""What an operator can mend is told in one line; the loop underneath is the quick one."""

from __future__ import annotations

import asyncio
import sys

import click
import pytest

from bot.cli.troubles import quick_loop, run_async
from bot.platforms import MissingLibrary
from bot.store import FaultyAddress


def test_commands_run_on_the_quick_loop() -> None:
    uvloop = pytest.importorskip("uvloop")
    found: list[asyncio.AbstractEventLoop] = []

    async def work() -> None:
        found.append(asyncio.get_running_loop())

    run_async(work())
    assert isinstance(found[0], uvloop.Loop)


def test_commands_run_where_there_is_no_quick_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert quick_loop() is None


def test_a_missing_driver_library_is_told_with_its_remedy() -> None:
    async def work() -> None:
        raise MissingLibrary("aiogram")

    with pytest.raises(click.ClickException, match=r"pip install 'sebaya\[aiogram\]'"):
        run_async(work())


def test_an_address_of_the_store_that_cannot_be_used_is_told_by_its_setting() -> None:
    async def work() -> None:
        raise FaultyAddress("the address of the store names no host")

    with pytest.raises(click.ClickException, match=r"^redis.url: .* names no host. docs/operators.md"):
        run_async(work())
