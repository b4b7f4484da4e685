"""`many`: several buttons may be ticked, until `done` is pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from bot.flow.effects import Option
from bot.flow.kinds import Kind, Sort
from bot.flow.option_list import OptionList
from bot.flow.questions.form import Answer, Form, Given, Got, Ticked
from bot.flow.questions.options import read_options
from bot.flow.questions.spoken import meant
from bot.flow.reading import Fields
from bot.flow.texts import LONGEST_LABEL, read_text
from bot.model.text import Text

DONE = "done"
"""The button that ends the ticking; no option may have this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(Form):
    """Saves a tuple of answers, in the order of the buttons; it may be empty."""

    word: ClassVar[str] = "many"
    list: OptionList
    done: Text

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        reading, node, label = fields.reading, fields.need(cls.word), fields.need(DONE)
        if node is None:
            return None
        options = read_options(reading, node, "`many`")
        done = None if label is None else read_text(reading, label, "`done`", LONGEST_LABEL)
        if options is not None and DONE in options.labels:
            reading.fault(node.place, "an option of `many` is called `done`", "Give it another name")
            return None
        return None if options is None or done is None else cls(list=options, done=done)

    @property
    def kind(self) -> Kind:
        return Kind(Sort.LIST, frozenset(self.list.labels))

    @property
    def labels(self) -> Mapping[str, Text]:
        return self.list.labels

    def options(self, chosen: tuple[str, ...]) -> tuple[Option, ...]:
        ticks = tuple(Option(value, label, value in chosen) for value, label in self.list.labels.items())
        return (*ticks, Option(DONE, self.done))

    def choose(self, given: Given) -> Answer:
        if given.text == DONE:
            return Got(given.chosen, given.chosen)
        if given.text not in self.list.labels:
            return None
        return Ticked(tuple(name for name in self.list.labels if (name in given.chosen) != (name == given.text)))

    def understand(self, given: Given) -> Answer:
        found = meant(given.text, {**self.list.labels, DONE: self.done})
        return None if found is None else self.choose(replace(given, text=found))
