"""Lets the ordinary work of a process stand back while something of a crisis is in its hand.

Lanes of its own keep a crisis from waiting in line; they do not help where it shares one processor with dozens of
ordinary tasks, and each of its steps waits for a turn of theirs. Knows nothing of lines and messages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

LINGER_S = 0.02
"""After the last of a crisis: on its way from the worker over the store to the sender it is in nobody's hand."""
LONGEST_S = 0.25
"""So long ordinary work stands back at each of its turns, however many crises there are: it is not to stand still."""


class Precedence:
    """One a process, shared by its worker and its sender."""

    def __init__(self) -> None:
        self._in_hand = 0
        self._clear = asyncio.Event()
        self._clear.set()

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """While something of a crisis is worked or sent."""
        self._in_hand += 1
        self._clear.clear()
        try:
            yield
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                asyncio.get_running_loop().call_later(LINGER_S, self._cleared)

    async def stand_back(self) -> None:
        """For ordinary work, before each of its turns."""
        if self._clear.is_set():
            return
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._clear.wait()
        except TimeoutError:
            return  # its turn has come all the same

    def _cleared(self) -> None:
        if not self._in_hand:
            self._clear.set()
