"""`wait`: pauses the conversation for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from bot.flow.duration import read_span
from bot.flow.effects import Wait
from bot.flow.reading import Fields
from bot.flow.step import Outcome, Pause, Scene, Step
from bot.model.source import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep(Step):
    """Goes on by itself when the time is over."""

    word: ClassVar[str] = "wait"
    span_ms: int

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("wait")
        span_ms = 0 if node is None else read_span(fields.reading, node, "`wait`")
        return cls(id=step_id, place=place, span_ms=span_ms) if span_ms else None

    @property
    def stops(self) -> bool:
        return True

    def run(self, scene: Scene, /) -> Outcome:
        until = scene.now + self.span_ms
        return Outcome(Pause(until), (Wait(until),))
