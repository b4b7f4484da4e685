"""What one written word stands for, with all that the first look at a text asks of it: kept for words met before."""

from __future__ import annotations

from typing import NamedTuple

from bot.screening.rule import Idiom, Rule
from bot.screening.telling import Groups


class Reading(NamedTuple):
    """What a written word stands for."""

    words: tuple[str, ...]
    touches: int = 0
    """All symbols that can stand where these words are, as bits."""
    rules: Groups[Rule] = ()
    """The phrases that rest on one of these words."""
    idioms: Groups[Idiom] = ()
    """The idioms that do."""
    known: bool = False
    how: str = ""
    """How it was read, when it was not written plainly."""
