"""`goto`: goes to another step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.reading import Fields
from bot.flow.step import Outcome, Scene, Step, To
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GotoStep(Step):
    """`goto: end` leaves the flow."""

    word: ClassVar[str] = "goto"
    goto: str

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        goto = fields.needed_word("goto")
        return cls(id=step_id, place=place, goto=goto) if goto else None

    @property
    def targets(self) -> tuple[tuple[str, Place], ...]:
        return ((self.goto, self.place),)

    @property
    def goes_on(self) -> bool:
        return False

    def run(self, _scene: Scene, /) -> Outcome:
        return Outcome(To(self.goto))
