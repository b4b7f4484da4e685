"""The only file that knows `rule_engine`: small safe expressions such as `mood <= 2 and topic != 'info'`.

What may stand in one is a closed list of syntax: names, numbers, texts, lists, comparisons, `and`, `or`, `not`, `in`,
plus, minus, times and `? :`. Attributes, functions, item access, regular expressions and dates are refused before
anything is evaluated, so a flow can reach nothing but its own values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import rule_engine
from rule_engine import ast

from bot.flow.kinds import Kind, Sort
from bot.model.session import Value
from bot.model.source import Place

LONGEST_EXPRESSION = 300
"""Longer than anybody can read; it also bounds how deep the parser can go."""

_ALLOWED = frozenset(
    {
        "AddExpression",
        "ArithmeticComparisonExpression",
        "ArithmeticExpression",
        "ArrayExpression",
        "BooleanExpression",
        "CoalesceExpression",
        "ComparisonExpression",
        "ContainsExpression",
        "FloatExpression",
        "LogicExpression",
        "NullExpression",
        "StringExpression",
        "SubtractExpression",
        "SymbolExpression",
        "TernaryExpression",
        "UnaryExpression",
    }
)
_REFUSED = {
    "FunctionCallExpression": "calling a function",
    "FunctionExpression": "calling a function",
    "GetAttributeExpression": "a dot behind a name",
    "GetItemExpression": "a bracket behind a name",
    "GetSliceExpression": "a bracket behind a name",
    "FuzzyComparisonExpression": "a search pattern",
    "BitwiseExpression": "the sign &, | or ^",
    "BitwiseShiftExpression": "the sign << or >>",
    "ComprehensionExpression": "a loop over a list",
}
_BRANCHES = ("left", "right", "container", "member", "condition", "case_true", "case_false")
_TYPES = {Sort.TEXT: rule_engine.DataType.STRING, Sort.NUMBER: rule_engine.DataType.FLOAT}


class BadExpression(Exception):
    """The text is no expression that a flow may use. The message says why."""


class Unevaluated(Exception):
    """The expression has no value for these values: a number compared with a text, for example."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression with the names that it reads and the answers that it compares them with."""

    text: str
    place: Place
    names: frozenset[str]
    compared: tuple[tuple[str, str], ...]
    """(name, text) for every comparison of a name with a fixed text."""
    _rule: rule_engine.Rule = field(repr=False, compare=False)

    def value(self, values: Mapping[str, Value]) -> Value:
        """What it comes to. None where it reads a name without a value that it needs. Raises Unevaluated."""
        try:
            return _plain(self._rule.evaluate({name: values.get(name) for name in self.names}))
        except (rule_engine.EngineError, ArithmeticError, TypeError) as error:
            if any(values.get(name) is None for name in self.names):
                return None
            raise Unevaluated(self.text) from error


def parse_expression(text: str, place: Place) -> Expression:
    """Raises BadExpression."""
    rule = _compile(text, {})
    nodes = tuple(_walk(rule.statement.expression))
    for node in nodes:
        _refuse_what_is_not_allowed(node)
    return Expression(
        text=text,
        place=place,
        names=frozenset(node.name for node in nodes if isinstance(node, ast.SymbolExpression)),
        compared=tuple(pair for node in nodes for pair in _comparisons(node)),
        _rule=rule,
    )


def type_trouble(expression: Expression, kinds: Mapping[str, Kind]) -> str:
    """What the expression does wrong with values of these kinds; empty if nothing."""
    types = {name: _TYPES[kind.sort] for name, kind in kinds.items() if kind.sort in _TYPES}
    try:
        _compile(expression.text, types)
    except BadExpression as error:
        return str(error)
    return ""


def _compile(text: str, types: Mapping[str, object]) -> rule_engine.Rule:
    if len(text) > LONGEST_EXPRESSION:
        raise BadExpression(f"it is longer than {LONGEST_EXPRESSION} characters")
    context = rule_engine.Context(
        resolver=rule_engine.resolve_item,
        type_resolver=lambda name: types.get(name, rule_engine.DataType.UNDEFINED),
    )
    try:
        return rule_engine.Rule(text, context=context)
    except rule_engine.RuleSyntaxError as error:
        raise BadExpression(_what_stopped(error)) from error
    except rule_engine.EvaluationError as error:
        mixed = error.message == "data type mismatch"
        raise BadExpression("it works with a number where there is a text" if mixed else error.message) from error
    except rule_engine.EngineError as error:
        raise BadExpression(error.message) from error
    except (ArithmeticError, TypeError, ValueError, RecursionError) as error:
        raise BadExpression("it cannot be worked out") from error


def _what_stopped(error: rule_engine.RuleSyntaxError) -> str:
    token = getattr(error, "token", None)
    return "it ends too early" if token is None else f"it does not fit at `{token.value}`"


def _walk(node: object) -> Iterator[ast.ExpressionBase]:
    if isinstance(node, list | tuple):
        for part in node:
            yield from _walk(part)
    elif isinstance(node, ast.ExpressionBase):
        yield node
        if isinstance(node, ast.ArrayExpression):
            yield from _walk(node.value)
        for branch in _BRANCHES:
            yield from _walk(getattr(node, branch, None))


def _refuse_what_is_not_allowed(node: ast.ExpressionBase) -> None:
    name = type(node).__name__
    if name not in _ALLOWED:
        what = _REFUSED.get(name, "this way of writing a value")
        raise BadExpression(f"{what} is not allowed in a flow")
    if isinstance(node, ast.SymbolExpression) and node.scope is not None:
        raise BadExpression(f"${node.name} is not allowed in a flow")


def _comparisons(node: ast.ExpressionBase) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ComparisonExpression):
        pairs = [(node.left, node.right), (node.right, node.left)]
    elif isinstance(node, ast.ContainsExpression):
        pairs = [(node.member, node.container), (node.container, node.member)]
    else:
        return
    for name, fixed in pairs:
        if isinstance(name, ast.SymbolExpression):
            yield from ((name.name, part.value) for part in _walk(fixed) if isinstance(part, ast.StringExpression))


def _plain(value: object) -> Value:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple | list):
        return tuple(str(part) for part in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise Unevaluated(type(value).__name__)
