"""Sequences of symbols in a tree, and the walk that finds them in a lattice of words.

    edges[2] = [("pengen", 3), ("{want}", 3)]      at word 2 stands a symbol that reaches up to word 3

The walk passes over fillers, over any word inside a gap, and over the end of a sentence only between clipped
sentences ("aku" · "pengen" · "mati"). Every limit is a constant, so that the cost is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.screening.pattern import GAP, GAPS

Found = TypeVar("Found")

LONGEST_SKIP, LONGEST_GAP = 4, 5
"""Words that fillers in a row, and one gap, may span."""
CLIPPED = 3
"""Words of a sentence so short that its end does not break a phrase."""


@dataclass(slots=True)
class TrieNode(Generic[Found]):
    next: dict[str, TrieNode[Found]] = field(default_factory=dict)
    gap: str = ""
    """Words of any kind may follow here: `...`, or `..` if nobody else may be named."""
    found: list[Found] = field(default_factory=list)

    def add(self, sequence: tuple[str, ...], found: Found) -> None:
        node = self
        for symbol in sequence:
            node = node.next.setdefault(symbol, TrieNode(gap=symbol if symbol in GAPS else ""))
        if found not in node.found:
            node.found.append(found)


@dataclass(slots=True)
class Lattice:
    """The words of one text, by position, with every symbol that they satisfy."""

    edges: list[list[tuple[str, int]]]
    fillers: list[bool]
    bars: list[bool]
    """Words that no gap may pass: negations."""
    persons: list[bool]
    """Words that name somebody else, which `..` must not pass."""
    sentence: list[int]
    length: list[int]
    """Of each sentence, in words."""
    steps: int = 0
    """Counted so that tests can hold the cost to be linear."""

    def add(self, symbol: str, start: int, end: int) -> None:
        if (symbol, end) not in self.edges[start]:
            self.edges[start].append((symbol, end))

    def joins(self, before: int, after: int) -> bool:
        """Whether a phrase may go on from word `before` to word `after`."""
        first, second = self.sentence[before], self.sentence[after]
        if first == second:
            return True
        return all(self.length[between] <= CLIPPED for between in range(first, second + 1))


def walk(root: TrieNode[Found], lattice: Lattice, *, loose: bool = True) -> Iterator[tuple[Found, int, int]]:
    """Everything that the tree finds: what, first word, word after the last. Fillers are passed over when `loose`."""
    count = len(lattice.edges)
    for start in range(count):
        stack: list[tuple[TrieNode[Found], int, int]] = [
            (root.next[symbol], end, 0) for symbol, end in lattice.edges[start] if symbol in root.next
        ]
        seen: set[tuple[int, int, int]] = set()
        while stack:
            node, at, skipped = stack.pop()
            lattice.steps += 1
            for found in node.found:
                if not skipped:
                    yield found, start, at
            stack.extend((node.next[gap], at, 0) for gap in GAPS if gap in node.next)
            if at >= count or not node.next or not lattice.joins(at - 1, at):
                continue
            if (id(node), at, skipped) in seen:
                continue
            seen.add((id(node), at, skipped))
            for symbol, end in lattice.edges[at]:
                following = node.next.get(symbol)
                if following is not None:
                    stack.append((following, end, 0))
            if skipped < (LONGEST_GAP if node.gap else LONGEST_SKIP) and _passable(node, lattice, at, loose):
                stack.append((node, at + 1, skipped + 1))


def _passable(node: TrieNode[Found], lattice: Lattice, at: int, loose: bool) -> bool:
    """A filler may always be passed; any word but a negation may inside a gap, within the sentence."""
    if loose and lattice.fillers[at]:
        return True
    if not node.gap or lattice.bars[at] or lattice.sentence[at] != lattice.sentence[at - 1]:
        return False
    return node.gap == GAP or not lattice.persons[at]
