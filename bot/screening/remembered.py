"""A table that fills itself: what is asked for the first time is made, and from then on costs one look-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    def __init__(self, make: Callable[[Key], Value], *, at_most: int | None = None) -> None:
        """With `at_most` so many are kept; then all are forgotten, so that memory has a ceiling."""
        super().__init__()
        self._make = make
        self._at_most = at_most

    def __missing__(self, key: Key) -> Value:
        if self._at_most is not None and len(self) >= self._at_most:
            self.clear()
        value = self[key] = self._make(key)
        return value
