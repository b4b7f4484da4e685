"""The form that an answer takes: buttons, several buttons, a number, words. What every form can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self, TypeAlias

from bot.flow.effects import Option
from bot.flow.kinds import Kind
from bot.flow.questions.spoken import meant
from bot.flow.reading import Fields
from bot.model.session import Value
from bot.model.text import Text


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave, and what was ticked before."""

    text: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Got:
    """The answer is complete. `answers` are the buttons that it stands for, for the levels."""

    value: Value
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ticked:
    """One more tick, or one fewer; the question stays open."""

    chosen: tuple[str, ...]


Answer: TypeAlias = Got | Ticked | None
"""None: it could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(ABC):
    """One form of answer."""

    word: ClassVar[str]
    """The key in YAML."""
    may_type: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields) -> Self | None:
        """Takes its key from `fields`, and others beside it if it needs them. None after a fault."""

    @property
    @abstractmethod
    def kind(self) -> Kind:
        """What the saved value can be."""

    @property
    def labels(self) -> Mapping[str, Text]:
        """The buttons' labels, by answer."""
        return {}

    @property
    def answer_labels(self) -> Mapping[str, Text]:
        """How a saved answer is called in a text; empty where it speaks for itself."""
        return self.labels

    @property
    def columns(self) -> int:
        return 1

    def options(self, chosen: tuple[str, ...]) -> tuple[Option, ...]:
        return tuple(Option(value, label, value in chosen) for value, label in self.labels.items())

    def choose(self, given: Given) -> Answer:
        """A button was pressed; `given.text` is its answer."""
        return Got(given.text, (given.text,)) if given.text in self.labels else None

    def understand(self, given: Given) -> Answer:
        """Something was written."""
        found = meant(given.text, self.labels)
        return None if found is None else self.choose(replace(given, text=found))
