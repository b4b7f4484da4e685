"""`end`: leaves the flow, with a result for whoever called it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.expression import Expression
from bot.flow.reading import Fields
from bot.flow.step import Back, Outcome, Scene, Step
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStep(Step):
    """`end:` alone has no result."""

    word: ClassVar[str] = "end"
    result: Expression | None

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("end")
        if node is None or (node.is_scalar and node.scalar is None):
            return cls(id=step_id, place=place, result=None)
        result = fields.reading.expression(node, "the result")
        return None if result is None else cls(id=step_id, place=place, result=result)

    @property
    def goes_on(self) -> bool:
        return False

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return () if self.result is None else (self.result,)

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Back(None if self.result is None else scene.value(self.result)))
