"""`set`: remembers values under names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.expression import Expression
from bot.flow.kinds import ANYTHING, Kind
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step
from bot.flow.steps.named_values import read_named_values, worked_out
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStep(Step):
    """All values are worked out before the first is set."""

    word: ClassVar[str] = "set"
    values: Mapping[str, Expression]

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("set")
        values = read_named_values(fields.reading, node, "`set`")
        if node is not None and not values and not node.mapping:
            fields.reading.fault(place, "`set` sets nothing", "Write `set: {name: value}`")
        return cls(id=step_id, place=place, values=values) if values else None

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(self.values.values())

    @property
    def saves(self) -> Mapping[str, Kind]:
        return dict.fromkeys(self.values, ANYTHING)

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Next(), values=worked_out(scene, self.values))
