"""What a question may have besides its answers: levels, and what silence means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.flow.duration import read_span
from bot.flow.reading import Fields, Reading
from bot.model.level import Level
from bot.model.source import Node, Place

SKIP = "skip"
"""The answer that is none: a button beside the options, or an option of that name."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody answered for `after_ms`: raises a level, goes to a step, or just goes on."""

    after_ms: int
    level: Level | None
    goto: str
    place: Place


def read_silence(reading: Reading, node: Node) -> Silence | None:
    """`timeout: 10 minutes`, or with `after`, `level` and `goto`."""
    if node.is_scalar:
        after_ms = read_span(reading, node, "`timeout`")
        return Silence(after_ms, None, "", node.place) if after_ms else None
    fields = Fields(reading, node, "`timeout`")
    after, level, goto = fields.need("after"), fields.take("level"), fields.word("goto")
    fields.done()
    after_ms = 0 if after is None else read_span(reading, after, "`after`")
    raised = None if level is None else reading.level(level)
    return Silence(after_ms, raised, goto, node.place) if after_ms else None


def read_levels(reading: Reading, node: Node, answers: Collection[str]) -> dict[str, Level]:
    """`level: {now: emergency}`: which answers raise the level, and how far."""
    levels: dict[str, Level] = {}
    for answer, word in (reading.mapping(node, "`level`") or {}).items():
        if answer not in answers:
            known = ", ".join(answers) or "none, since it is not answered by buttons"
            reading.fault(
                node.place_of(answer),
                f"`level` names an answer `{answer}` that the question does not have",
                f"Answers are: {known}",
            )
            continue
        level = reading.level(word)
        if level is not None:
            levels[answer] = level
    return levels
