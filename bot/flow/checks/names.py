"""Names that nobody sets, and answers that no question has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flow.expression import Expression, type_trouble
from bot.flow.flow import Flow
from bot.flow.kinds import Kind, Sort
from bot.flow.placeholders import placeholders_in
from bot.model.source import Fault


def check_names(flow: Flow) -> Iterator[Fault]:
    kinds = flow.kinds
    for step in flow.steps:
        for expression in step.expressions:
            yield from _check_expression(expression, kinds)
        used = {name for text in step.texts for words in text.by_language.values() for name in placeholders_in(words)}
        for name in sorted(used - kinds.keys()):
            yield Fault(step.place, f"the text uses {{{name}}}, which is never set in this flow", _remedy(kinds))


def _check_expression(expression: Expression, kinds: Mapping[str, Kind]) -> Iterator[Fault]:
    unknown = sorted(expression.names - kinds.keys())
    for name in unknown:
        yield Fault(
            expression.place, f"`{expression.text}` uses `{name}`, which is never set in this flow", _remedy(kinds)
        )
    if unknown:
        return
    trouble = type_trouble(expression, kinds)
    if trouble:
        yield Fault(expression.place, f"`{expression.text}` cannot be worked out: {trouble}", _sorts(expression, kinds))
    for name, answer in expression.compared:
        yield from _check_comparison(expression, name, answer, kinds[name])


def _check_comparison(expression: Expression, name: str, answer: str, kind: Kind) -> Iterator[Fault]:
    if kind.sort is Sort.NUMBER:
        yield Fault(
            expression.place,
            f"`{expression.text}` compares the number `{name}` with the text '{answer}'",
            "Write the number without quotes",
        )
    elif kind.answers is not None and answer not in kind.answers:
        yield Fault(
            expression.place,
            f"`{expression.text}` compares `{name}` with '{answer}', which it never is",
            f"Its answers are: {', '.join(sorted(kind.answers))}",
        )


def _remedy(kinds: Mapping[str, Kind]) -> str:
    known = ", ".join(sorted(kinds)) or "none yet"
    return f"Save it in a step above, or add it to `takes`; names are: {known}"


def _sorts(expression: Expression, kinds: Mapping[str, Kind]) -> str:
    return "; ".join(f"`{name}` holds {kinds[name].sort.value}" for name in sorted(expression.names)) or "Correct it"
