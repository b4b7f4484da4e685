"""Reads word lists for tests: YAML text to nodes with their lines, and the project's own lists, compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from bot.model.source import Node, Place
from bot.screening import Lists, compile_lists

ROOT = Path(__file__).parents[3]
LISTS = ROOT / "flows" / "screening"


def node_of(text: str, name: str = "test.yaml") -> Node:
    return _node(yaml.compose(text, yaml.SafeLoader), name)


def _node(node: yaml.Node, name: str) -> Node:
    place = Place(name, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        keys = {key.value: Place(name, key.start_mark.line + 1) for key, _ in node.value}
        return Node({key.value: _node(value, name) for key, value in node.value}, place, keys)
    if isinstance(node, yaml.SequenceNode):
        return Node(tuple(_node(item, name) for item in node.value), place)
    loader = yaml.SafeLoader("")
    try:
        return Node(loader.construct_object(node), place)
    finally:
        loader.dispose()


def lists_of(text: str) -> Lists:
    """Lists of one language that must have no faults in their form."""
    lists, faults = compile_lists({"test": node_of(text)})
    assert not faults, "\n".join(map(str, faults))
    return lists


@cache
def project_lists() -> Lists:
    nodes = {
        path.stem: node_of(path.read_text(), f"flows/screening/{path.name}") for path in sorted(LISTS.glob("*.yaml"))
    }
    lists, faults = compile_lists(nodes)
    assert not faults, "\n".join(map(str, faults))
    return lists
