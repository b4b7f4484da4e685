"""A driver whose library is not there, or not there in whole, says what to install."""

from __future__ import annotations

import sys

import pytest

from bot.platforms import DRIVERS, MissingLibrary, load


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_library_that_is_not_there_is_named_with_its_remedy(driver: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, DRIVERS[driver].package, None)
    with pytest.raises(MissingLibrary, match=rf"pip install 'sebaya\[{DRIVERS[driver].extra}\]'"):
        load(driver)


def test_a_library_that_misses_what_it_stands_on_is_told_in_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.platforms.telegram_ptb", None)
    with pytest.raises(MissingLibrary):
        load("python-telegram-bot")
