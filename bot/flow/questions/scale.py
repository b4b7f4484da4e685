"""`scale`: a row of numbers, with labels of their own (emoji, for example) or as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from bot.flow.kinds import Kind, Sort
from bot.flow.questions.form import Answer, Form, Given, Got
from bot.flow.questions.spoken import meant
from bot.flow.reading import Fields, Reading
from bot.flow.texts import LONGEST_LABEL
from bot.model.text import Text

MOST_STEPS = 11
"""0 to 10. More buttons do not fit on a phone, and nobody tells them apart."""
ONE_ROW = 6
"""Up to so many buttons stand in one row; more make two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Form):
    """Saves a whole number."""

    word: ClassVar[str] = "scale"
    lowest: int
    points: Mapping[str, Text]

    @classmethod
    def read(cls, fields: Fields) -> Self | None:
        reading, node = fields.reading, fields.need(cls.word)
        if node is None:
            return None
        inside = Fields(reading, node, "`scale`")
        lowest, highest = (_end(reading, inside, key) for key in ("from", "to"))
        signs = _signs(reading, inside)
        inside.done()
        if lowest is None or highest is None or signs is None:
            return None
        size = highest - lowest + 1
        if not 2 <= size <= MOST_STEPS:
            reading.fault(node.place, f"the scale goes over {max(size, 0)} numbers", f"Use between 2 and {MOST_STEPS}")
            return None
        if signs and len(signs) != size:
            reading.fault(node.place, f"the scale has {size} steps and {len(signs)} labels", "Write one label a step")
            return None
        names = [str(number) for number in range(lowest, highest + 1)]
        shown = [Text(dict.fromkeys(reading.languages, sign)) for sign in signs or names]
        return cls(lowest=lowest, points=dict(zip(names, shown, strict=True)))

    @property
    def kind(self) -> Kind:
        return Kind(Sort.NUMBER)

    @property
    def labels(self) -> Mapping[str, Text]:
        return self.points

    @property
    def columns(self) -> int:
        return len(self.points) if len(self.points) <= ONE_ROW else (len(self.points) + 1) // 2

    def choose(self, given: Given) -> Answer:
        return Got(int(given.text), (given.text,)) if given.text in self.points else None

    def understand(self, given: Given) -> Answer:
        said = given.text.strip().lstrip("+")
        found = said if said in self.points else meant(said, self.points)
        return None if found is None else self.choose(replace(given, text=found))


def _end(reading: Reading, fields: Fields, key: str) -> int | None:
    node = fields.need(key)
    return None if node is None else reading.whole_number(node, f"`{key}` of the scale")


def _signs(reading: Reading, fields: Fields) -> list[str] | None:
    """None after a fault; empty where the numbers speak for themselves."""
    node = fields.take("labels")
    if node is None:
        return []
    signs = [reading.word(part, "a label of the scale") for part in reading.listing(node, "`labels` of the scale")]
    if not all(signs):
        return None
    if any(len(sign) > LONGEST_LABEL for sign in signs):
        reading.fault(node.place, "a label of the scale is too long", f"Keep it to {LONGEST_LABEL} characters")
        return None
    return signs
