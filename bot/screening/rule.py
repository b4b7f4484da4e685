"""A phrase of a category, as it is matched and weighed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.level import Flag, Level
from bot.model.source import Place


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A phrase of a category. `name` is `category/phrase`, as verdicts and reviewers name it."""

    name: str
    category: str
    level: Level
    flags: tuple[Flag, ...]
    about: str
    ignores: frozenset[str]
    asks: bool
    urgent: bool
    replaces: bool
    adds_up: bool
    bare: bool
    """The phrase is one word or slot: it names the matter and says nothing of it."""
    closes: bool
    """Nothing but small words may follow in its part of the sentence."""
    alone: bool
    """Nothing but small words may stand beside it in the whole message."""
    gapped: bool
    """The phrase has a gap, so that it does not name all words that it spans."""
    negative: bool
    """The phrase itself holds a negation, so one before it does not turn it round."""
    place: Place
