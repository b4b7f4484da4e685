"""Reads `name: expression` lines, for the steps that hand values along or set them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.flow.expression import Expression
from bot.flow.reading import Reading
from bot.flow.step import Scene
from bot.model.session import Value
from bot.model.source import Node, Place

NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_name(reading: Reading, word: str, place: Place) -> str:
    """A name under which a flow remembers something; a fault and an empty text if it is none."""
    if NAME.fullmatch(word):
        return word
    reading.fault(place, f"`{word}` cannot be a name", "Use small letters, digits and _, a letter first")
    return ""


def read_named_values(reading: Reading, node: Node | None, what: str) -> dict[str, Expression]:
    """Empty for no node, or one without a value."""
    if node is None or (node.is_scalar and node.scalar is None):
        return {}
    found: dict[str, Expression] = {}
    for name, part in (reading.mapping(node, what) or {}).items():
        expression = reading.expression(part, f"the value of `{name}`")
        if read_name(reading, name, node.place_of(name)) and expression is not None:
            found[name] = expression
    return found


def worked_out(scene: Scene, expressions: Mapping[str, Expression]) -> dict[str, Value]:
    return {name: scene.value(expression) for name, expression in expressions.items()}
