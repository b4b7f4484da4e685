"""Names are aliases, new for each case: the one place where a person gets a name that others may see."""

from __future__ import annotations

from bot.casework.work import Work

LOWEST, HIGHEST = 10, 99
"""The number behind an alias, so that two cases of one day are not mixed up."""


def new_alias(work: Work, kind: str, taken: frozenset[str] = frozenset()) -> str:
    """A name from the content's list for `kind` (`student`, `supporter`, `counselor`, `staff`) and a number.

    Drawn from the transaction's seed and from nothing about the person, so two aliases of one person cannot be linked.
    """
    names = work.content.aliases[kind]
    while True:
        alias = f"{names[work.tx.pick(len(names))]} {LOWEST + work.tx.pick(HIGHEST - LOWEST + 1)}"
        if alias not in taken:
            return alias
