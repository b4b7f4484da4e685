"""`escalate`: brings in a counselor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.effects import FindCounselor, question_key
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step
from bot.model.level import Level
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateStep(Step):
    """Whoever handles it tells the person what happens next."""

    word: ClassVar[str] = "escalate"
    level: Level

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("escalate")
        level = None if node is None else fields.reading.level(node)
        return None if level is None else cls(id=step_id, place=place, level=level)

    @property
    def tells(self) -> bool | None:
        return True

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Next(), (FindCounselor(self.level, question_key(scene.flow, self.id)),))
