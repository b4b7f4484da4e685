"""Reads the buttons of a question: the name of a list, or answers with their labels."""

from __future__ import annotations

import re

from bot.flow.option_list import OptionList
from bot.flow.questions.spoken import plain
from bot.flow.reading import Reading
from bot.flow.texts import LONGEST_LABEL, read_text
from bot.model.source import Node
from bot.model.text import Text

MOST_OPTIONS = 40
"""More buttons than that nobody reads; a platform's keyboard ends at 100."""
_ANSWER = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def read_options(reading: Reading, node: Node, what: str) -> OptionList | None:
    """Faults and None where there are no usable options."""
    if node.is_scalar:
        return _named_list(reading, node, what)
    mapping = reading.mapping(node, what)
    if mapping is None:
        return None
    if not mapping:
        reading.fault(node.place, f"{what} has no options", "Add at least two, as `answer: {id: ..., en: ...}`")
        return None
    if len(mapping) > MOST_OPTIONS:
        reading.fault(node.place, f"{what} has {len(mapping)} options", f"Keep it to {MOST_OPTIONS}")
    return OptionList("", read_labels(reading, mapping, node))


def read_labels(reading: Reading, mapping: dict[str, Node], node: Node) -> dict[str, Text]:
    labels: dict[str, Text] = {}
    for answer, label in mapping.items():
        if not _ANSWER.fullmatch(answer):
            reading.fault(
                node.place_of(answer),
                f"`{answer}` cannot be an answer's name",
                "Use small letters, digits, - and _; the label is what people see",
            )
            continue
        text = read_text(reading, label, f"the label of `{answer}`", LONGEST_LABEL)
        if text is not None:
            labels[answer] = text
    _check_differ(reading, labels, node)
    return labels


def _check_differ(reading: Reading, labels: dict[str, Text], node: Node) -> None:
    """Two buttons that read the same are one to whoever sees them."""
    seen: dict[tuple[str, str], str] = {}
    for answer, text in labels.items():
        for language, words in text.by_language.items():
            other = seen.setdefault((language, plain(words)), answer)
            if other != answer:
                reading.fault(
                    node.place_of(answer),
                    f"`{answer}` and `{other}` are both called {words!r} in the language `{language}`",
                    "Give each answer its own label",
                )


def _named_list(reading: Reading, node: Node, what: str) -> OptionList | None:
    name = "" if node.scalar is None else str(node.scalar)
    if name in reading.lists:
        return reading.lists[name]
    if name:
        known = ", ".join(sorted(reading.lists)) or "none yet"
        reading.fault(node.place, f"{what} names a list `{name}` that does not exist", f"Lists are: {known}")
    else:
        reading.fault(node.place, f"{what} has no options", "Add at least two, as `answer: {id: ..., en: ...}`")
    return None
