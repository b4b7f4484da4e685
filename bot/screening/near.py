"""Stretches of a text by where they begin, so that those over a place are found without looking at all others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Near(Generic[Item]):
    """Made of stretches, first word and word after the last, each with what it stands for."""

    def __init__(self, stretches: Mapping[tuple[int, int], Item]) -> None:
        self._items = stretches
        self._sorted = sorted(stretches)
        self._longest = max((end - start for start, end in self._sorted), default=0)

    def __len__(self) -> int:
        return len(self._sorted)

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, Item]]:
        """What shares a word with the stretch from `start` to `end`."""
        for place in range(bisect_left(self._sorted, (start - self._longest,)), len(self._sorted)):
            stretch = self._sorted[place]
            if stretch[0] >= end:
                return
            if stretch[1] > start:
                yield *stretch, self._items[stretch]
