"""`when`: goes to another step if something holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.expression import Expression
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step, To
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WhenStep(Step):
    """What cannot be worked out does not hold."""

    word: ClassVar[str] = "when"
    condition: Expression
    goto: str
    goto_place: Place

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("when")
        condition = None if node is None else fields.reading.expression(node, "the condition")
        goto_place = fields.place_of("goto")
        goto = fields.needed_word("goto")
        if condition is None or not goto:
            return None
        return cls(id=step_id, place=place, condition=condition, goto=goto, goto_place=goto_place)

    @property
    def targets(self) -> tuple[tuple[str, Place], ...]:
        return ((self.goto, self.goto_place),)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return (self.condition,)

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(To(self.goto) if scene.value(self.condition) else Next())
