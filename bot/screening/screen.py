"""One text judged by the lists of all languages."""

from __future__ import annotations

from bot.model.verdict import Verdict
from bot.screening.context import Context
from bot.screening.fitting import fitting
from bot.screening.judge import judge
from bot.screening.lattice import Lattice
from bot.screening.lists import Lists
from bot.screening.normalise.fold import fold
from bot.screening.words import Words


def screen(text: str, lists: Lists, *, speaker: str = "student") -> Verdict:
    """The verdict on `text`. With `speaker="supporter"` a question put to the student does not count as the
    supporter's own need.
    """
    folded = fold(text)
    words = Words(folded.text, lists.lexicon)
    rules = words.rules()
    if not rules:
        return lists.calm
    lattice = Lattice(words, lists)
    found = fitting(rules, lattice)
    if not found:
        return lists.calm
    return judge(folded, found, Context(lattice, lists, speaker))
