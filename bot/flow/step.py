"""What every kind of step is: data, a way to run, and what the checks need to know of it.

A step sees a `Scene` and answers with an `Outcome`; it changes nothing itself. A new kind is one small class in one
file of `bot.flow.steps`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self, TypeAlias

from bot.flow.effects import Effect
from bot.flow.expression import Expression, Unevaluated
from bot.flow.kinds import Kind
from bot.flow.placeholders import fill, placeholders_in
from bot.flow.reading import Fields
from bot.model.event import Milliseconds
from bot.model.session import Question, Value
from bot.model.source import Place
from bot.model.text import Text

END = "end"
"""`goto: end` leaves the flow; no step may have this id."""


@dataclass(frozen=True, slots=True)
class Next:
    """Go on with the step below."""


@dataclass(frozen=True, slots=True)
class To:
    """Go to another step of the same flow."""

    step: str


@dataclass(frozen=True, slots=True)
class Into:
    """Call another flow."""

    flow: str
    values: Mapping[str, Value]
    save: str


@dataclass(frozen=True, slots=True)
class Back:
    """Leave the flow with a result."""

    result: Value = None


@dataclass(frozen=True, slots=True)
class Open:
    """Stop until the question is answered."""

    question: Question


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop until a time."""

    until: Milliseconds


Move: TypeAlias = Next | To | Into | Back | Open | Pause


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running a step came to: where to go, what to do, what to remember."""

    move: Move
    effects: tuple[Effect, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """What a step may see. It notes expressions that had no value, so that the turn can report them."""

    flow: str
    step: str
    values: Mapping[str, Value]
    labels: Mapping[str, Mapping[str, Text]]
    """How the answers behind a name are called: name → answer → label."""
    now: Milliseconds
    failed: bool = False

    def value(self, expression: Expression) -> Value:
        """None where the expression has no value."""
        try:
            return expression.value(self.values)
        except Unevaluated:
            self.failed = True
            return None

    def filled(self, text: Text) -> Text:
        """The text with what the flow remembers put into its placeholders."""
        return Text({language: self._words(words, language) for language, words in text.by_language.items()})

    def _words(self, words: str, language: str) -> str:
        return fill(words, {name: self._shown(name, language) for name in placeholders_in(words)})

    def _shown(self, name: str, language: str) -> str:
        value = self.values.get(name)
        parts = value if isinstance(value, tuple) else () if value is None else (str(value),)
        labels = self.labels.get(name, {})
        return ", ".join(labels[part].in_(language) if part in labels else part for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(ABC):
    """One step of a flow. `id` is its own, or its number as text."""

    word: ClassVar[str]
    """The key in YAML that makes a step this kind."""

    id: str
    place: Place

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        """Takes its keys from `fields`. None after a fault that leaves nothing to run."""

    @abstractmethod
    def run(self, scene: Scene, /) -> Outcome: ...

    @property
    def targets(self) -> tuple[tuple[str, Place], ...]:
        """Steps to which it may jump."""
        return ()

    @property
    def goes_on(self) -> bool:
        """It may lead to the step below."""
        return True

    @property
    def stops(self) -> bool:
        """It waits for a person or for the time, so a loop through it is no endless one."""
        return False

    @property
    def tells(self) -> bool | None:
        """True: after it the person knows what comes next. False: they do not. None: it changes nothing."""
        return None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return ()

    @property
    def texts(self) -> tuple[Text, ...]:
        return ()

    @property
    def saves(self) -> Mapping[str, Kind]:
        """The names that it sets, and what they can hold."""
        return {}

    @property
    def labels(self) -> Mapping[str, Mapping[str, Text]]:
        return {}
