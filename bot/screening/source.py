"""A word list as its author wrote it: what stands where, each entry with its place, and the faults in its form.

Reads nodes into plain data; `bot.screening.compile` makes the matcher of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from bot.model.level import LEVEL_WORDS, Flag, Level
from bot.model.source import Fault, Node, Place
from bot.screening import inflect

SECTIONS = frozenset(
    {"inflections", "endings", "fillers", "joins", "watched", "ordinary", "common", "spellings", "persons", "negation",
     "times", "frames", "slots", "idioms", "categories"}
)  # fmt: skip
PERSONS = ("self", "own", "you", "other", "people", "breaks", "oblique")
TIMES = ("past", "now", "soon", "still")
CATEGORY_KEYS = frozenset(
    {"title", "flags", "about", "ignores", "asks", "urgent", "replaces", "adds up", "phrases", "examples"}
)
FRAME_KEYS = frozenset({"lowers to", "within", "spares", "writer too", "words", "unless", "only with"})
ABOUT = ("writer", "anyone")
"""`writer`: said of somebody else it takes the third-person path. `anyone`: whom the words name does not matter."""
IGNORABLE = ("negation", "time", "frames", "persons")
WITHIN = ("sentence", "message")


class Entry(msgspec.Struct, frozen=True):
    """One line that an author wrote."""

    text: str
    place: Place


class Phrase(msgspec.Struct, frozen=True):
    """A phrase of a category, with the level it stands under."""

    text: str
    place: Place
    level: Level


class Example(msgspec.Struct, frozen=True):
    """A text with the level that it must get: `calm` is stored as BLUE and allows green too."""

    text: str
    place: Place
    level: Level


@dataclass(slots=True)
class Category:
    name: str
    place: Place
    title: str = ""
    flags: tuple[Flag, ...] = ()
    flags_at: dict[Level, tuple[Flag, ...]] = field(default_factory=dict)
    """Flags of one level's phrases only."""
    about: str = "writer"
    ignores: frozenset[str] = frozenset()
    asks: bool = True
    """Whether its yellow phrases are ambiguous, so that the direct question is due."""
    urgent: bool = False
    """Whether words of near time (`soon`) make red an emergency."""
    replaces: bool = False
    """Whether its phrases stand in for shorter ones of other categories that lie within them."""
    adds_up: bool = False
    """Whether two of its ambiguous phrases in one message are as clear as one that is not ambiguous."""
    phrases: list[Phrase] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class FrameSource:
    name: str
    place: Place
    lowers_to: Level = Level.BLUE
    within: str = "message"
    spares: frozenset[str] = frozenset()
    """Categories that this frame does not lower."""
    writer_too: bool = False
    """Whether it lowers even what is plainly said of the writer."""


@dataclass(slots=True)
class Source:
    language: str
    grammar: str = ""
    endings: list[Entry] = field(default_factory=list)
    fillers: list[Entry] = field(default_factory=list)
    watched: list[Entry] = field(default_factory=list)
    ordinary: list[Entry] = field(default_factory=list)
    common: list[Entry] = field(default_factory=list)
    spellings: list[tuple[Entry, Entry]] = field(default_factory=list)
    """What is meant, and how it is written."""
    slots: dict[str, list[Entry]] = field(default_factory=dict)
    """With the reserved ones: `self`, `not`, `past`, `frame news`, `unless joke`, ..."""
    slot_places: dict[str, Place] = field(default_factory=dict)
    frames: list[FrameSource] = field(default_factory=list)
    idioms: list[Entry] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)


class Reader:
    """Reads one language's node and gathers faults on the way."""

    def __init__(self, language: str) -> None:
        self.source = Source(language)
        self.faults: list[Fault] = []

    def read(self, node: Node) -> None:
        sections = self._mapping(node, "a word list", SECTIONS)
        source = self.source
        if "inflections" in sections:
            source.grammar = self._one_of(sections["inflections"], ("none", *inflect.GRAMMARS))
        for name, into in (
            ("endings", source.endings),
            ("fillers", source.fillers),
            ("watched", source.watched),
            ("ordinary", source.ordinary),
            ("common", source.common),
            ("idioms", source.idioms),
        ):
            into.extend(self._entries(sections.get(name)))
        for meant, written in self._pairs(sections.get("spellings")):
            source.spellings.extend((meant, entry) for entry in self._entries(written))
        self._slot("not", sections.get("negation"))
        self._slot("joins", sections.get("joins"))
        self._named_slots(sections.get("persons"), PERSONS)
        self._named_slots(sections.get("times"), TIMES)
        self._frames(sections.get("frames"))
        self._named_slots(sections.get("slots"), None)
        self._categories(sections.get("categories"))

    def fault(self, place: Place, message: str, remedy: str) -> None:
        self.faults.append(Fault(place, message, remedy))

    def _mapping(self, node: Node | None, what: str, allowed: frozenset[str] | None) -> dict[str, Node]:
        if node is None:
            return {}
        if node.mapping is None:
            self.fault(node.place, f"{what} must be a mapping of names", "Write `name:` and put its content below it")
            return {}
        kept = dict(node.mapping)
        for key in node.mapping:
            if allowed is not None and key not in allowed:
                known = ", ".join(sorted(allowed))
                self.fault(node.place_of(key), f"'{key}' is no part of {what}", f"Use one of: {known}")
                del kept[key]
        return kept

    def _entries(self, node: Node | None) -> Iterator[Entry]:
        if node is None or (node.is_scalar and node.scalar is None):
            return
        if node.items is None:
            self.fault(node.place, "a list is expected here", "Put each entry on a line of its own, after `- `")
            return
        for item in node.items:
            if isinstance(item.scalar, bool) or item.scalar is None:
                self.fault(item.place, "this entry is not text", "Put it in quotation marks")
            elif str(item.scalar).strip():
                yield Entry(str(item.scalar).strip(), item.place)
            else:
                self.fault(item.place, "this entry is empty", "Write the words, or take the line out")

    def _pairs(self, node: Node | None) -> Iterator[tuple[Entry, Node]]:
        for key, value in self._mapping(node, "spellings", None).items():
            place = node.place_of(key) if node else value.place
            yield Entry(key, place), value

    def _slot(self, name: str, node: Node | None) -> None:
        if node is not None:
            self.source.slots.setdefault(name, []).extend(self._entries(node))
            self.source.slot_places.setdefault(name, node.place)

    def _named_slots(self, node: Node | None, names: tuple[str, ...] | None) -> None:
        allowed = None if names is None else frozenset(names)
        for name, words in self._mapping(node, "this section", allowed).items():
            self._slot(name, words)
            self.source.slot_places[name] = node.place_of(name) if node else words.place

    def _frames(self, node: Node | None) -> None:
        for name, content in self._mapping(node, "frames", None).items():
            frame = FrameSource(name, node.place_of(name) if node else content.place)
            parts = self._mapping(content, f"frame '{name}'", FRAME_KEYS)
            if "lowers to" in parts:
                frame.lowers_to = self._level(parts["lowers to"])
            if "within" in parts:
                frame.within = self._one_of(parts["within"], WITHIN)
            frame.writer_too = self._yes(parts.get("writer too"))
            frame.spares = frozenset(entry.text for entry in self._entries(parts.get("spares")))
            self._slot(f"frame {name}", parts.get("words"))
            self._slot(f"unless {name}", parts.get("unless"))
            self._slot(f"with {name}", parts.get("only with"))
            self.source.frames.append(frame)

    def _categories(self, node: Node | None) -> None:
        for name, content in self._mapping(node, "categories", None).items():
            category = Category(name, node.place_of(name) if node else content.place)
            self._category(category, self._mapping(content, f"category '{name}'", CATEGORY_KEYS))
            self.source.categories.append(category)

    def _category(self, category: Category, parts: dict[str, Node]) -> None:
        category.title = str(parts["title"].scalar) if "title" in parts else category.name
        self._flags(category, parts.get("flags"))
        if "about" in parts:
            category.about = self._one_of(parts["about"], ABOUT) or "writer"
        ignores = (self._one_of(Node(e.text, e.place), IGNORABLE) for e in self._entries(parts.get("ignores")))
        category.ignores = frozenset(ignores)
        category.asks = self._yes(parts.get("asks"), otherwise=True)
        category.urgent = self._yes(parts.get("urgent"))
        category.adds_up = self._yes(parts.get("adds up"))
        category.replaces = self._yes(parts.get("replaces"))
        by_level = frozenset(LEVEL_WORDS)
        for word, node in self._mapping(parts.get("phrases"), "phrases", by_level).items():
            for entry in self._entries(node):
                category.phrases.append(Phrase(entry.text, entry.place, Level.from_word(word)))
        for word, node in self._mapping(parts.get("examples"), "examples", by_level | {"calm"}).items():
            level = Level.BLUE if word == "calm" else Level.from_word(word)
            category.examples.extend(Example(entry.text, entry.place, level) for entry in self._entries(node))

    def _flags(self, category: Category, node: Node | None) -> None:
        """A list for all phrases, or a mapping from a level to a list for the phrases of that level."""
        if node is None or node.mapping is None:
            category.flags = self._flag_list(node)
            return
        for word, flags in self._mapping(node, "flags", frozenset(LEVEL_WORDS)).items():
            category.flags_at[Level.from_word(word)] = self._flag_list(flags)

    def _flag_list(self, node: Node | None) -> tuple[Flag, ...]:
        found = (self._one_of(Node(entry.text, entry.place), tuple(Flag)) for entry in self._entries(node))
        return tuple(Flag(flag) for flag in found if flag)

    def _level(self, node: Node) -> Level:
        return Level.from_word(self._one_of(node, tuple(LEVEL_WORDS)) or "blue")

    def _yes(self, node: Node | None, *, otherwise: bool = False) -> bool:
        """`yes` or `no`; readers differ in whether they give words or truth values."""
        if node is None:
            return otherwise
        if node.scalar in {"yes", "no", True, False}:
            return node.scalar in {"yes", True}
        self.fault(node.place, f"'{node.scalar}' is neither yes nor no", "Write yes or no")
        return otherwise

    def _one_of(self, node: Node, known: tuple[str, ...]) -> str:
        if node.scalar in known:
            return str(node.scalar)
        self.fault(node.place, f"'{node.scalar}' is not known here", f"Use one of: {', '.join(known)}")
        return ""
