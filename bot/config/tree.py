"""The file as plain values beside the place of each: what pydantic judges, and where its complaints belong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.model.source import Node, Place

Path: TypeAlias = tuple[str | int, ...]


def path_text(path: Path) -> str:
    """`telegram.bots`; a list's item counts from 1: `waiting.rechecks 2`."""
    words = ".".join(part for part in path if isinstance(part, str))
    return words + "".join(f" {part + 1}" for part in path if isinstance(part, int))


@dataclass(slots=True)
class Tree:
    """Values and places by path. An empty value (`key:`) counts as left out, so the default holds."""

    file: str
    values: dict[str, object] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)

    def place_of(self, path: Path) -> Place:
        """Where the path stands, or the nearest thing above it that stands somewhere."""
        for length in range(len(path), 0, -1):
            if found := self.places.get(path[:length]):
                return found
        return Place(self.file, 1)

    def put(self, path: Path, value: object, place: Place) -> None:
        """Sets a value and makes the sections above it; does nothing where one of these is a plain value."""
        inner: object = self.values
        for part in path[:-1]:
            if isinstance(inner, dict):
                inner = inner.setdefault(part, {})
            elif isinstance(inner, list) and isinstance(part, int):
                inner = inner[part]
        match inner, path[-1]:
            case dict(), key:
                inner[key] = value
            case list(), int(index):
                inner[index] = value
            case _:
                return
        self.places[path] = place

    def texts(self) -> list[tuple[Path, str, Place]]:
        """Every text in the tree."""
        return [(path, value, self.place_of(path)) for path, value in _walk(self.values, ()) if isinstance(value, str)]


def tree_of(node: Node, file: str) -> Tree:
    """The tree of a file whose outermost value is a mapping, or empty."""
    tree = Tree(file)
    values = _plain(node, (), tree.places)
    if isinstance(values, dict):
        tree.values = values
    return tree


def _plain(node: Node, path: Path, places: dict[Path, Place]) -> object:
    places[path] = node.place
    if node.mapping is not None:
        found = {}
        for key, child in node.mapping.items():
            if child.is_scalar and child.scalar is None:
                continue
            found[key] = _plain(child, (*path, key), places)
            places[*path, key] = node.place_of(key)
        return found
    if node.items is not None:
        return [_plain(child, (*path, index), places) for index, child in enumerate(node.items)]
    return node.scalar


def _walk(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _walk(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _walk(child, (*path, index))
    else:
        yield path, value
