"""Answers that several questions share: flows/lists.yaml, `name: {answer: {id: ..., en: ...}}`."""

from __future__ import annotations

from bot.content.topics import TOPICS
from bot.flow.option_list import OptionList
from bot.flow.questions.options import read_labels
from bot.flow.reading import Reading
from bot.model.source import Node


def read_lists(reading: Reading, node: Node | None) -> dict[str, OptionList]:
    """By name."""
    if node is None:
        return {}
    lists: dict[str, OptionList] = {}
    for name, inside in (reading.mapping(node, "the lists") or {}).items():
        mapping = reading.mapping(inside, f"the list `{name}`")
        if name == TOPICS:
            reading.fault(node.place_of(name), "the list `topics` comes from the topics", "Write topics in topics.yaml")
        elif mapping is not None and len(mapping) < 2:
            reading.fault(node.place_of(name), f"the list `{name}` has fewer than two answers", "Add another")
        elif mapping is not None:
            lists[name] = OptionList(name, read_labels(reading, mapping, inside))
    return lists
