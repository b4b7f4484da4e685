"""`call`: runs another flow, and goes on when it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.expression import Expression
from bot.flow.kinds import ANYTHING, Kind
from bot.flow.reading import Fields
from bot.flow.step import Into, Outcome, Scene, Step
from bot.flow.steps.named_values import read_named_values, worked_out
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStep(Step):
    """The other flow sees nothing but what `with` hands it; `save` keeps its result."""

    word: ClassVar[str] = "call"
    flow: str
    values: Mapping[str, Expression]
    save: str

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        flow = fields.needed_word("call")
        values = read_named_values(fields.reading, fields.take("with"), "`with`")
        save = fields.word("save")
        return cls(id=step_id, place=place, flow=flow, values=values, save=save) if flow else None

    @property
    def tells(self) -> bool | None:
        return True  # each flow is held to telling the person what next at its own ends

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(self.values.values())

    @property
    def saves(self) -> Mapping[str, Kind]:
        return {self.save: ANYTHING} if self.save else {}

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Into(self.flow, worked_out(scene, self.values), self.save))
