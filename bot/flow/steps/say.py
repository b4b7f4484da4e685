"""`say`: texts, one bubble each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.effects import Say
from bot.flow.reading import Fields
from bot.flow.step import Next, Outcome, Scene, Step
from bot.flow.texts import read_bubbles
from bot.model.source import Place
from bot.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SayStep(Step):
    """Says something and goes on."""

    word: ClassVar[str] = "say"
    bubbles: tuple[Text, ...]

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("say")
        bubbles = () if node is None else read_bubbles(fields.reading, node, "`say`")
        return cls(id=step_id, place=place, bubbles=bubbles) if bubbles else None

    @property
    def tells(self) -> bool | None:
        return True

    @property
    def texts(self) -> tuple[Text, ...]:
        return self.bubbles

    def run(self, scene: Scene, /) -> Outcome:
        return Outcome(Next(), (Say(tuple(scene.filled(text) for text in self.bubbles)),))
