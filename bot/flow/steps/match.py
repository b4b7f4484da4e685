"""`match`: asks for a peer supporter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.effects import FindPeer
from bot.flow.expression import Expression
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step
from bot.flow.steps.named_values import read_named_values, worked_out
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchStep(Step):
    """Hands values along for the search, such as the topic. Whoever searches tells the person how it stands."""

    word: ClassVar[str] = "match"
    values: Mapping[str, Expression]

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        return cls(id=step_id, place=place, values=read_named_values(fields.reading, fields.need("match"), "`match`"))

    @property
    def tells(self) -> bool | None:
        return True

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(self.values.values())

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Next(), (FindPeer(worked_out(scene, self.values)),))
