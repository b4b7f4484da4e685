"""`choice`: one of several buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.kinds import Kind, Sort
from bot.flow.option_list import OptionList
from bot.flow.questions.form import Form
from bot.flow.questions.options import read_options
from bot.flow.reading import Fields
from bot.model.source import Node
from bot.model.text import Text

YES_NO = "yes-no"
"""The list behind a `yes-no` question without options of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Form):
    """Saves the answer's name."""

    word: ClassVar[str] = "choice"
    list: OptionList

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        node = fields.need(cls.word)
        options = None if node is None else read_options(fields.reading, node, "`choice`")
        return None if options is None else cls(list=options)

    @property
    def kind(self) -> Kind:
        return Kind(Sort.TEXT, frozenset(self.list.labels))

    @property
    def labels(self) -> Mapping[str, Text]:
        return self.list.labels


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Choice):
    """`yes-no`: saves `yes` or `no`. Takes its labels from the list of that name, or its own."""

    word: ClassVar[str] = YES_NO

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        node = fields.need(cls.word)
        if node is None:
            return None
        if node.is_scalar and node.scalar is None:
            node = Node(YES_NO, node.place)
        options = read_options(fields.reading, node, "`yes-no`")
        if options is None:
            return None
        if set(options.labels) != {"yes", "no"}:
            fields.reading.fault(
                node.place, "`yes-no` has other options than yes and no", "Use `choice` for other answers"
            )
            return None
        return cls(list=options)

    @property
    def columns(self) -> int:
        return 2
