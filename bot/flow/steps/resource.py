"""`resource`: shows an entry of flows/resources.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.effects import ShowResource
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceStep(Step):
    """Shows it and goes on."""

    word: ClassVar[str] = "resource"
    key: str

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        key = fields.needed_word("resource")
        if key and key not in fields.reading.resources:
            known = ", ".join(sorted(fields.reading.resources)) or "none yet"
            fields.reading.fault(place, f"there is no resource `{key}`", f"Resources are: {known}")
        return cls(id=step_id, place=place, key=key) if key else None

    @property
    def tells(self) -> bool | None:
        return True

    def run(self, _scene: Scene, /) -> Outcome:
        return Outcome(Next(), (ShowResource(self.key),))
