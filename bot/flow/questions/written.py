"""Answers that are written: `text`, `number`, `date`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from bot.flow.kinds import A_NUMBER, A_TEXT, Kind
from bot.flow.questions.form import Answer, Form, Given, Got
from bot.flow.reading import Fields
from bot.model.source import Node

LONGEST_ANSWER = 4_000
"""A platform's message is not longer, so a person's words are never cut."""
_NUMBER = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?")
_DATE = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DATE_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Form):
    """Has no buttons."""

    may_type: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Written):
    """`text`: saves what was written, as it was written."""

    word: ClassVar[str] = "text"
    longest: int = LONGEST_ANSWER

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        reading, node = fields.reading, fields.need(cls.word)
        if node is None or _is_empty(node):
            return cls()
        inside = Fields(reading, node, "`text`")
        limit = inside.take("longest")
        longest = LONGEST_ANSWER if limit is None else reading.whole_number(limit, "`longest`")
        inside.done()
        return None if longest is None else cls(longest=longest)

    @property
    def kind(self) -> Kind:
        return A_TEXT

    def understand(self, given: Given) -> Answer:
        words = given.text.strip()
        return Got(words) if 0 < len(words) <= self.longest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Written):
    """`number`: saves a number; a comma is as good as a point."""

    word: ClassVar[str] = "number"
    lowest: int | None = None
    highest: int | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        reading, node = fields.reading, fields.need(cls.word)
        if node is None or _is_empty(node):
            return cls()
        inside = Fields(reading, node, "`number`")
        ends = {key: inside.take(key) for key in ("from", "to")}
        inside.done()
        lowest, highest = (
            None if end is None else reading.whole_number(end, f"`{key}` of the number") for key, end in ends.items()
        )
        if lowest is not None and highest is not None and lowest > highest:
            reading.fault(node.place, f"the number goes from {lowest} to {highest}", "Put the smaller number first")
        return cls(lowest=lowest, highest=highest)

    @property
    def kind(self) -> Kind:
        return A_NUMBER

    def understand(self, given: Given) -> Answer:
        said = given.text.strip()
        if not said.isascii() or not _NUMBER.fullmatch(said):
            return None
        exact = float(said.replace(",", "."))
        number = int(exact) if exact.is_integer() else exact
        too_low = self.lowest is not None and number < self.lowest
        too_high = self.highest is not None and number > self.highest
        return None if too_low or too_high else Got(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Written):
    """`date`: 21-11-2026 or 2026-11-21; saves the latter. The day comes first, as it does in Indonesia."""

    word: ClassVar[str] = "date"

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        node = fields.need(cls.word)
        if node is not None and not _is_empty(node):
            fields.reading.fault(node.place, "`date` takes nothing", "Leave it empty behind the colon")
            return None
        return cls()

    @property
    def kind(self) -> Kind:
        return A_TEXT

    def understand(self, given: Given) -> Answer:
        said = given.text.strip()
        if not said.isascii():
            return None
        if found := _DATE.fullmatch(said):
            year, month, day = map(int, found.groups())
        elif found := _DATE_DAY_FIRST.fullmatch(said):
            day, month, year = map(int, found.groups())
        else:
            return None
        try:
            return Got(date(year, month, day).isoformat())
        except ValueError:
            return None


def _is_empty(node: Node) -> bool:
    return node.is_scalar and node.scalar is None
