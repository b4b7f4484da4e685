"""Puts together the keys and arguments of a script that takes a plan.

A plan is MessagePack and names keys and values by their numbers in KEYS and ARGV: keys stand only in KEYS, and the
scripts' MessagePack reader knows no binary values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

KeyNumber: TypeAlias = int
ValueNumber: TypeAlias = int

_encode = msgspec.msgpack.Encoder().encode


class Call:
    """Numbers count from 1, as Lua does; the plan itself is the first argument."""

    def __init__(self, fixed: Sequence[str]) -> None:
        self.keys = list(fixed)
        self._numbers: dict[str, KeyNumber] = {}
        self._values: list[bytes] = [b""]

    def key(self, key: str) -> KeyNumber:
        number = self._numbers.get(key)
        if number is None:
            self.keys.append(key)
            number = self._numbers[key] = len(self.keys)
        return number

    def value(self, value: bytes) -> ValueNumber:
        self._values.append(value)
        return len(self._values)

    def args(self, plan: object) -> list[bytes]:
        """To be called last."""
        self._values[0] = _encode(plan)
        return self._values
