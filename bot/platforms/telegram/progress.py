"""How far a message that goes out in parts has come, so that trying again does not repeat the parts that arrived.

Kept in memory: after a crash the parts are sent again, as any message may be whose answer was lost.
"""

from __future__ import annotations

from collections import OrderedDict

from bot.model.address import Address
from bot.model.outgoing import What

MOST_KEPT = 1_000
"""Messages that are half sent at one time; far more than one bot's limits let pass in a second."""


class Progress:
    """The ids of the parts that arrived, by message."""

    def __init__(self) -> None:
        self._arrived: OrderedDict[tuple[Address, What], tuple[str, ...]] = OrderedDict()

    def take(self, to: Address, what: What) -> list[str]:
        """What arrived at the last attempt; forgotten here."""
        return list(self._arrived.pop((to, what), ()))

    def keep(self, to: Address, what: What, arrived: list[str]) -> None:
        """For the next attempt at the very same message."""
        self._arrived[to, what] = tuple(arrived)
        if len(self._arrived) > MOST_KEPT:
            self._arrived.popitem(last=False)
