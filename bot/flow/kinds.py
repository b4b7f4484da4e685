"""What a flow's name can hold: known before anything runs, so that a wrong comparison is found by the check."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Sort(enum.Enum):
    """The value behind a name."""

    TEXT = "a text"
    NUMBER = "a number"
    LIST = "a list of answers"
    ANY = "anything"


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value and, where the answers are closed, which ones there are."""

    sort: Sort
    answers: frozenset[str] | None = None

    def merged(self, other: Kind) -> Kind:
        """What a name can hold that is saved in two places."""
        if self.sort is not other.sort:
            return ANYTHING
        if self.answers is None or other.answers is None:
            return Kind(self.sort)
        return Kind(self.sort, self.answers | other.answers)


ANYTHING = Kind(Sort.ANY)
A_TEXT = Kind(Sort.TEXT)
A_NUMBER = Kind(Sort.NUMBER)
