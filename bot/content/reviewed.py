"""flows/screening/reviewed.yaml: the examples that a person accepted from what staff had reported.

The file is a word list like the others that holds nothing but examples, so everything that reads word lists reads it.
It is written whole, from the examples alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import msgspec

from bot.model.level import Level
from bot.screening import Lists

REVIEWED = "reviewed"
"""The list's name, beside `id` and `en`."""
CALM = "calm"
_HEAD = """\
# Examples that a person accepted with `sebaya screening review`. Written by that command, whole: comments are not kept.
# An example may be changed or taken out by hand; `sebaya check` runs every one of them.
"""


class ReviewedExample(msgspec.Struct, frozen=True, order=True):
    """A text and what screening must say of it. `level`: `calm`, `yellow`, `red` or `emergency`."""

    category: str
    level: str
    text: str

    @property
    def wanted(self) -> Level:
        """As word lists keep it: calm is blue, and green fits too."""
        return Level.BLUE if self.level == CALM else Level.from_word(self.level)


class MoreThanExamples(Exception):
    """flows/screening/reviewed.yaml holds more than examples, which writing it would lose. Move the rest elsewhere."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


def reviewed_examples(lists: Lists) -> tuple[ReviewedExample, ...]:
    """What has been accepted so far. Raises MoreThanExamples."""
    found: list[ReviewedExample] = []
    for source in lists.sources:
        if source.language != REVIEWED:
            continue
        if source.slots or source.idioms or source.spellings or any(kind.phrases for kind in source.categories):
            raise MoreThanExamples
        for category in source.categories:
            for example in category.examples:
                level = CALM if example.level <= Level.BLUE else example.level.word
                found.append(ReviewedExample(category.name, level, example.text))
    return tuple(found)


def render_reviewed(examples: Iterable[ReviewedExample]) -> str:
    """The file. Each text stands in double quotes with JSON's escapes, which YAML reads alike."""
    lines = [_HEAD, "categories:"]
    ordered = sorted(set(examples))
    for category in dict.fromkeys(example.category for example in ordered):
        lines += [f"  {category}:", "    examples:"]
        lines += _levels([example for example in ordered if example.category == category])
    return "\n".join(lines) + "\n"


def _levels(examples: Sequence[ReviewedExample]) -> Iterable[str]:
    for level in dict.fromkeys(example.level for example in examples):
        yield f"      {level}:"
        yield from (
            f"        - {json.dumps(example.text, ensure_ascii=False)}"
            for example in examples
            if example.level == level
        )
