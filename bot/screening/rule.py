"""What phrases stand for: a rule of a category, as it is matched and weighed, or an idiom."""

from __future__ import annotations

import msgspec

from bot.model.level import Flag, Level
from bot.model.source import Place


class Idiom(msgspec.Struct, frozen=True, eq=False):
    """Words that look dangerous and are not: no rule that shares a word with them counts."""

    text: str
    place: Place


class Rule(msgspec.Struct, frozen=True, eq=False):
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
    kind: int
    """The same for rules that are weighed alike, whatever the text."""
    place: Place
