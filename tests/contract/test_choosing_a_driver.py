"""A driver's library is loaded when it is chosen and never else; a missing one is named with its remedy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot import platforms
from bot.platforms import DRIVERS, Driver, MissingLibrary, UnknownDriver, create


def made(driver: str) -> object:
    return create(driver, {}, "http://127.0.0.1", lambda _, user: user, {}, lambda: 0)


def test_an_unknown_driver_is_told_which_there_are() -> None:
    with pytest.raises(UnknownDriver, match="aiogram, python-telegram-bot"):
        made("telegraf")


@pytest.mark.parametrize(("driver", "extra"), [("aiogram", "aiogram"), ("python-telegram-bot", "ptb")])
def test_a_missing_library_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, driver: str, extra: str) -> None:
    monkeypatch.setitem(platforms.DRIVERS, driver, Driver("no_such_package", DRIVERS[driver].extra))
    with pytest.raises(MissingLibrary, match=rf"pip install 'sebaya\[{extra}\]'"):
        made(driver)


@pytest.mark.parametrize(
    ("chosen", "absent"),
    [("", ("aiogram", "telegram", "httpx", "aiohttp")), ("python-telegram-bot", ("aiogram",))],
)
def test_no_library_is_loaded_unless_it_is_chosen(chosen: str, absent: tuple[str, ...]) -> None:
    code = "import sys, bot.platforms as p\n"
    if chosen:
        code += f"p.create({chosen!r}, {{}}, 'http://127.0.0.1', lambda a, b: b, {{}}, lambda: 0)\n"
    code += f"print(sorted({set(absent)!r} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
