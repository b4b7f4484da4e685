"""Takes content out of nodes and gathers every fault on the way; shared by flows and by the other content files.

`Reading` is one pass over some files: what the content may refer to, and the faults so far. `Fields` is one mapping
of it: each key is taken once, and whatever is left over in the end is a key that nobody knows.
"""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.flow.expression import BadExpression, Expression, parse_expression
from bot.flow.option_list import OptionList
from bot.model.level import LEVEL_WORDS, Level
from bot.model.source import Fault, Node, Place

SHOWN = 60
"""Characters of an author's own text that a message repeats."""


@dataclass(slots=True)
class Reading:
    """What the content may refer to, and what was found to be wrong."""

    languages: Sequence[str]
    lists: Mapping[str, OptionList] = field(default_factory=dict)
    resources: Collection[str] = ()
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, message: str, remedy: str) -> None:
        self.faults.append(Fault(place, message, remedy))

    def mapping(self, node: Node, what: str) -> dict[str, Node] | None:
        """The node's mapping; a fault and None if it is none."""
        if node.mapping is None:
            self.fault(node.place, f"{what} must be a mapping", "Write `key: value` lines, indented below it")
        return node.mapping

    def listing(self, node: Node, what: str) -> tuple[Node, ...]:
        if node.items is None:
            self.fault(node.place, f"{what} must be a list", "Begin each entry with `- `")
        return node.items or ()

    def word(self, node: Node, what: str) -> str:
        """A scalar as text; a fault and an empty text if there is none."""
        if not node.is_scalar or node.scalar is None or str(node.scalar).strip() == "":
            self.fault(node.place, f"{what} must be a word or a text", "Write it behind the colon")
            return ""
        return str(node.scalar).strip()

    def whole_number(self, node: Node, what: str) -> int | None:
        if isinstance(node.scalar, int) and not isinstance(node.scalar, bool):
            return node.scalar
        self.fault(node.place, f"{what} must be a whole number", "Write digits only")
        return None

    def level(self, node: Node) -> Level | None:
        word = self.word(node, "a level")
        if word and word not in LEVEL_WORDS:
            self.fault(node.place, f"there is no level `{word}`", f"Use one of: {', '.join(LEVEL_WORDS)}")
        return LEVEL_WORDS.get(word)

    def expression(self, node: Node, what: str) -> Expression | None:
        text = self.word(node, what)
        if not text:
            return None
        try:
            return parse_expression(text, node.place)
        except BadExpression as error:
            self.fault(
                node.place,
                f"{what} `{textwrap.shorten(text, SHOWN, placeholder=' …')}` cannot be read: {error}",
                "Compare names, numbers and 'texts' with ==, !=, <, <=, >, >=, in, and, or, not",
            )
            return None


class Fields:
    """One mapping, key by key. `done` reports the keys that nobody took."""

    def __init__(self, reading: Reading, node: Node, what: str) -> None:
        self.reading = reading
        self.node = node
        self.what = what
        self.place = node.place
        self._left = dict(reading.mapping(node, what) or {})
        self._known: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._left

    @property
    def left(self) -> tuple[str, ...]:
        """The keys that nobody has taken yet."""
        return tuple(self._left)

    def take(self, key: str) -> Node | None:
        self._known.append(key)
        return self._left.pop(key, None)

    def need(self, key: str) -> Node | None:
        """Like `take`; a fault where the key is missing."""
        node = self.take(key)
        if node is None and self.node.mapping is not None:
            self.reading.fault(self.place, f"{self.what} has no `{key}`", f"Add `{key}:`")
        return node

    def place_of(self, key: str) -> Place:
        return self.node.place_of(key)

    def done(self) -> None:
        for key in self._left:
            close = difflib.get_close_matches(key, self._known, n=1)
            known = ", ".join(sorted(set(self._known)))
            remedy = f"Did you mean `{close[0]}`" if close else f"Use only: {known}"
            self.reading.fault(self.place_of(key), f"{self.what} does not know `{key}`", remedy)

    def word(self, key: str, default: str = "") -> str:
        node = self.take(key)
        return default if node is None else self.reading.word(node, f"`{key}`")

    def needed_word(self, key: str) -> str:
        node = self.need(key)
        return "" if node is None else self.reading.word(node, f"`{key}`")
