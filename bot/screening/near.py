"""Stretches of a text by where they begin, so that those over a place are found without looking at all others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Near(Generic[Item]):
    """Made of (first word, word after the last, item)."""

    def __init__(self, stretches: Iterable[tuple[int, int, Item]]) -> None:
        self._sorted = sorted(stretches, key=lambda stretch: stretch[:2])
        self._longest = max((end - start for start, end, _ in self._sorted), default=0)

    def over(self, start: int, end: int) -> Iterator[Item]:
        """What shares a word with the stretch from `start` to `end`."""
        if not self._sorted:
            return
        first = bisect_left(self._sorted, start - self._longest, key=lambda stretch: stretch[0])
        for place in range(first, len(self._sorted)):
            other_start, other_end, item = self._sorted[place]
            if other_start >= end:
                return
            if other_end > start:
                yield item
