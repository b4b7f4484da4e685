"""Sequences of symbols in a tree, and the walk that finds them in a lattice of words.

    edges[2] = [("pengen", 3), ("{want}", 3)]      at word 2 stands a symbol that reaches up to word 3

The walk passes over fillers, over any word inside a gap, and over the end of a sentence only between clipped
sentences ("aku" · "pengen" · "mati"). Every limit is a constant, so that the cost is linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
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
    linked: list[bool]
    """Whether a phrase may go on from the word before to this one: within a sentence, or between clipped ones."""
    inner: list[bool]
    """Whether this word stands in the sentence of the word before it and is no negation: a gap may pass it."""
    persons: list[bool]
    """Words that name somebody else, which `..` must not pass."""
    bars: list[bool]
    """Negations."""
    clause: list[int]
    """Of each word: the part of a sentence that it stands in."""
    sentence: list[int]
    steps: int = 0
    """Counted so that tests can hold the cost to be linear."""

    def add(self, symbol: str, start: int, end: int) -> None:
        if (symbol, end) not in self.edges[start]:
            self.edges[start].append((symbol, end))

    def closed(self, end: int) -> bool:
        """Whether a match that ends before word `end` is the last thing said in its part of the sentence."""
        clause = self.clause[end - 1]
        behind = takewhile(lambda place: self.clause[place] == clause, range(end, len(self.clause)))
        return all(self.fillers[place] for place in behind)


def walk(root: TrieNode[Found], lattice: Lattice, *, loose: bool = True) -> list[tuple[Found, int, int]]:
    """Everything that the tree finds: what, first word, word after the last. Fillers are passed over when `loose`."""
    begins = root.next
    found: list[tuple[Found, int, int]] = []
    for start, edges in enumerate(lattice.edges):
        stack = [(begins[symbol], end, 0) for symbol, end in edges if symbol in begins]
        if stack:
            _walk_from(start, stack, lattice, loose, found)
    return found


def _walk_from(
    start: int,
    stack: list[tuple[TrieNode[Found], int, int]],
    lattice: Lattice,
    loose: bool,
    found: list[tuple[Found, int, int]],
) -> None:
    """Goes on from the nodes on the stack: (node, next word, words skipped since the last symbol)."""
    all_edges, linked, count = lattice.edges, lattice.linked, len(lattice.edges)
    seen: set[tuple[int, int]] = set()
    while stack:
        node, at, skipped = stack.pop()
        lattice.steps += 1
        following = node.next
        if not skipped:
            if node.found:
                found.extend((item, start, at) for item in node.found)
            stack.extend((following[gap], at, 0) for gap in GAPS if gap in following)
        if at >= count or not following or not linked[at]:
            continue
        if skipped or node.gap:
            if (id(node), at) in seen:
                continue
            seen.add((id(node), at))
        for symbol, end in all_edges[at]:
            after = following.get(symbol)
            if after is not None:
                stack.append((after, end, 0))
        if skipped < LONGEST_GAP and _passable(node.gap, lattice, at, skipped, loose):
            stack.append((node, at + 1, skipped + 1))


def _passable(gap: str, lattice: Lattice, at: int, skipped: int, loose: bool) -> bool:
    """A few fillers may always be passed; any word but a negation may inside a gap, within the sentence."""
    if gap:
        return lattice.inner[at] and (gap == GAP or not lattice.persons[at])
    return loose and skipped < LONGEST_SKIP and lattice.fillers[at]
