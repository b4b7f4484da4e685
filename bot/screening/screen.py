"""One text judged by the lists of all languages."""

from __future__ import annotations

from bot.model.verdict import Verdict
from bot.screening.context import context_of
from bot.screening.judge import judge
from bot.screening.lists import Lists
from bot.screening.normalise.fold import fold
from bot.screening.words import lattice_of, tells, words_of


def screen(text: str, lists: Lists, *, speaker: str = "student") -> Verdict:
    """The verdict on `text`. With `speaker="supporter"` a question put to the student does not count as the
    supporter's own need.
    """
    folded = fold(text)
    if not tells(folded, lists):
        return lists.calm
    words = words_of(folded, lists)
    if not words:
        return lists.calm
    lattice = lattice_of(words, lists)
    context = context_of(words, lattice, lists.reserved, speaker)
    return judge(text, context, lists)
