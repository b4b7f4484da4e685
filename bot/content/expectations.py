"""What a conversation test may expect at a point: values, level, what was set in motion, where the flow stands."""

from __future__ import annotations

from bot.content.rehearsal import Rehearsal
from bot.flow import Effect, FindCounselor, FindPeer, ShowResource
from bot.flow.reading import Fields, Reading
from bot.model.session import Value
from bot.model.source import Node, Place, Scalar


def check_expectations(reading: Reading, rehearsal: Rehearsal, node: Node) -> None:
    """`values` names some of what is remembered; the other expectations are exact."""
    fields = Fields(reading, node, "`expect`")
    known: dict[str, Value] = {
        "level": rehearsal.level.word,
        "question": rehearsal.question,
        "ended": rehearsal.ended is not None,
        "result": None if rehearsal.ended is None else rehearsal.ended.result,
        "peer": any(isinstance(effect, FindPeer) for effect in rehearsal.effects),
        "counselor": _counselor(rehearsal.effects),
        "resource": _resource(rehearsal.effects),
    }
    for name, value in known.items():
        part = fields.take(name)
        if part is not None:
            _compare(reading, part.place, f"`{name}`", part.scalar, value)
    values = fields.take("values")
    fields.done()
    for name, part in ({} if values is None else reading.mapping(values, "`values`") or {}).items():
        value = rehearsal.values.get(name)
        expected = tuple(str(item.scalar) for item in part) if part.items is not None else part.scalar
        _compare(reading, part.place, f"the value of `{name}`", expected, value)


def _compare(reading: Reading, place: Place, what: str, expected: Scalar | Value, value: Value) -> None:
    if expected != value or isinstance(expected, bool) != isinstance(value, bool):
        reading.fault(place, f"{what} should be {expected!r}", f"It is {value!r}")


def _counselor(effects: list[Effect]) -> str:
    """The highest level at which a counselor was called; empty if none was."""
    levels = [effect.level for effect in effects if isinstance(effect, FindCounselor)]
    return max(levels).word if levels else ""


def _resource(effects: list[Effect]) -> str:
    """The last resource that was shown."""
    return next((effect.key for effect in reversed(effects) if isinstance(effect, ShowResource)), "")
