"""Which words a text must hold before any phrase can match: the cheap first question asked of every message.

For each phrase one part is chosen that no reading of the phrase can do without, and of that part's words those that
are rarest in everyday talk.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.screening.pattern import GAP, Sequence

COMMON = 1000
"""What a word of the `common` lists costs, against 1 for any other."""


class Anchors:
    """Chooses for one sequence after the other, and gathers the words in `telling`."""

    def __init__(self, slots: Mapping[str, list[Sequence]], common: set[str]) -> None:
        self._slots = slots
        self._common = common
        self._costs: dict[str, tuple[int, frozenset[str]]] = {}
        self.telling: set[str] = set()

    def choose(self, sequence: Sequence) -> None:
        self.telling |= self._cheapest(sequence)[1]

    def _cheapest(self, sequence: Sequence) -> tuple[int, frozenset[str]]:
        return min((self._cost(symbol) for symbol in sequence if symbol != GAP), key=lambda cost: cost[0])

    def _cost(self, symbol: str) -> tuple[int, frozenset[str]]:
        if symbol[0] != "{":
            return (COMMON if symbol in self._common else 1), frozenset({symbol})
        if symbol not in self._costs:
            self._costs[symbol] = (COMMON, frozenset())  # while it is being computed, for slots that nest in a circle
            parts = [self._cheapest(sequence) for sequence in self._slots.get(symbol, ())]
            words = frozenset[str]().union(*(words for _, words in parts))
            self._costs[symbol] = (sum(cost for cost, _ in parts), words)
        return self._costs[symbol]
