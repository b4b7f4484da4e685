"""Values read from a file that know where they stood, and the faults found in them.

Every author's mistake is told as one `Fault`: file, line, what is wrong, what to do. Checks gather faults and go on;
nothing stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a file; lines count from 1. `file` is as an author would name it, relative to the project.

    Line 0 stands for what has no lines: an environment variable, or a file that is not there.
    """

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in content or config. Printed as `file:line: message. Remedy.`"""

    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}. {self.remedy}"


Scalar: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with its place. `value` is a scalar, a tuple of nodes, or a dict from key text to node."""

    value: Scalar | tuple[Node, ...] | dict[str, Node]
    place: Place
    key_places: dict[str, Place] | None = None
    """For a mapping: where each key stands."""

    @property
    def mapping(self) -> dict[str, Node] | None:
        return self.value if isinstance(self.value, dict) else None

    @property
    def items(self) -> tuple[Node, ...] | None:
        return self.value if isinstance(self.value, tuple) else None

    @property
    def scalar(self) -> Scalar:
        """The scalar; None for a mapping or a list too, so test `is_scalar` where that matters."""
        return None if isinstance(self.value, tuple | dict) else self.value

    @property
    def is_scalar(self) -> bool:
        return not isinstance(self.value, tuple | dict)

    def place_of(self, key: str) -> Place:
        return (self.key_places or {}).get(key, self.place)

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items or ())


class FaultyContent(Exception):
    """Content or config has faults; what ran before keeps running."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults
