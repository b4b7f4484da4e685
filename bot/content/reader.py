"""Reads YAML text into nodes that know their lines. The only file of the content that knows PyYAML.

Values are read as people mean them, not as YAML 1.1 does: `no`, `yes` and `on` are words, a number with a leading
zero or plus is a text (telephone numbers), and so is a date. Keys are always text. What makes YAML hard to check
(anchors, tags, several documents, a key twice) is refused with a remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from bot.model.source import Fault, FaultyContent, Node, Place, Scalar

DEEPEST = 40
"""Levels of indentation. Content has six; far more is an attack or an accident, and would exhaust the stack."""
LARGEST = 2_000_000
"""Characters in one file. The largest word list has a tenth of this."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_TAB = re.compile(r"^ *\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PROBLEMS = (
    ("mapping values are not allowed", "a colon stands where none may be", "Put a text with a colon in quotes"),
    ("end of stream", "what begins here is never closed", "Close the quote or the bracket"),
    ("<block end>", "the indentation does not fit the lines above", "Indent what belongs together alike"),
    ("could not find expected ':'", "the line has no colon", "Write `key: value`, and indent what goes on below it"),
)
"""What the parser says, in words for people who do not know YAML: (part of its message, message, remedy)."""
_FIXED: dict[str, Scalar] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    "True": True,
    "False": False,
}


def read_yaml(text: str, name: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The file's one value, or None, and everything wrong with its form. `name` is how faults call the file."""
    trouble = _unfit(text, name)
    if trouble is not None:
        return None, (trouble,)
    try:
        builder = _Builder(name, yaml.parse(text, _LOADER))
        return builder.document(), tuple(builder.faults)
    except yaml.YAMLError:
        return None, (_syntax_fault(text, name),)


def node_of(text: str, name: str) -> Node:
    """Like `read_yaml` where faults end the work. Raises FaultyContent."""
    node, faults = read_yaml(text, name)
    if node is None or faults:
        raise FaultyContent(faults)
    return node


def _unfit(text: str, name: str) -> Fault | None:
    if len(text) > LARGEST:
        return Fault(Place(name, 1), f"the file has {len(text)} characters", f"Split it; {LARGEST} is the most")
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        return Fault(Place(name, line), "there is an invisible control character", "Delete it and type the line again")
    return None


def _syntax_fault(text: str, name: str) -> Fault:
    """What is wrong with the text, from the slower parser: what it says does not depend on the machine."""
    try:
        for _ in yaml.parse(text, yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as error:
        return _marked_fault(text, name, error)
    except yaml.YAMLError:
        pass
    return Fault(Place(name, 1), "this is not YAML", "Look at quotes, colons and indentation")


def _marked_fault(text: str, name: str, error: yaml.MarkedYAMLError) -> Fault:
    problem = error.problem or ""
    begun = "end of stream" in problem  # what was begun and never closed is more telling than the end of the file
    mark = (error.context_mark if begun else error.problem_mark) or error.problem_mark or error.context_mark
    line = 1 if mark is None else mark.line + 1
    lines = text.splitlines()
    if line <= len(lines) and _TAB.match(lines[line - 1]):
        return Fault(Place(name, line), "the line is indented with a tab", "Indent with spaces")
    for part, message, remedy in _PROBLEMS:
        if part in problem:
            return Fault(Place(name, line), message, remedy)
    return Fault(Place(name, line), f"this is not YAML: {problem}", "Look at quotes, colons and indentation here")


class _Builder:
    """Builds nodes from the parser's events, gathering faults."""

    def __init__(self, name: str, events: Iterator[yaml.Event]) -> None:
        self.faults: list[Fault] = []
        self._name = name
        self._events = events
        self._depth = 0

    def document(self) -> Node | None:
        """The first document's value; a fault where there is none, or a second one."""
        found: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found is not None:
                    self._fault(event, "a second document begins here", "Keep one document a file; remove the `---`")
                    return found
                found = self._value(next(self._events))
        if found is None:
            self.faults.append(Fault(Place(self._name, 1), "the file is empty", "Write content into it, or delete it"))
        return found

    def _value(self, event: yaml.Event) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"`*{event.anchor}` is an alias, which content does not use", "Write the value out")
            return Node(None, place)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self._fault(event, f"`&{event.anchor}` is an anchor, which content does not use", "Take it away")
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._scalar(event), place)
        self._depth += 1
        if self._depth == DEEPEST + 1:
            self._fault(event, f"this is nested deeper than {DEEPEST} levels", "Make it flatter")
        node = self._list(place) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(place)
        self._depth -= 1
        return node

    def _list(self, place: Place) -> Node:
        parts: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            part = self._inner(event)
            parts.append(part)
        return Node(tuple(parts), place)

    def _mapping(self, place: Place) -> Node:
        values: dict[str, Node] = {}
        places: dict[str, Place] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            value = self._inner(next(self._events))
            if key in values:
                self._fault(event, f"`{key}` stands twice, first in line {places[key].line}", "Keep one of them")
            elif key is not None:
                values[key] = value
                places[key] = self._place(event)
        return Node(values, place, places)

    def _inner(self, event: yaml.Event) -> Node:
        """A value inside another; what is nested too deep is read over."""
        if self._depth > DEEPEST and isinstance(event, yaml.CollectionStartEvent):
            self._read_over()
            return Node(None, self._place(event))
        return self._value(event)

    def _read_over(self) -> None:
        depth = 1
        while depth:
            event = next(self._events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _key(self, event: yaml.Event) -> str | None:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self._fault(event, "a key is itself a list or a mapping", "Use a word as the key, and quote a text with braces")
        self._inner(event)
        return None

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = str(event.value)
        if event.tag is not None and event.tag != "!":
            self._fault(event, f"`{event.tag}` is a tag, which content does not use", "Take it away")
        if event.style:
            return text  # in quotes, or a block: always a text
        if text in _FIXED:
            return _FIXED[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        return float(text) if _FRACTION.fullmatch(text) else text

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._name, 1 if mark is None else mark.line + 1)

    def _fault(self, event: yaml.Event, message: str, remedy: str) -> None:
        self.faults.append(Fault(self._place(event), message, remedy))
