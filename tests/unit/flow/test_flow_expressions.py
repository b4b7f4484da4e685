"""Expressions: what they can say, and that they can reach nothing but a flow's own values."""

from __future__ import annotations

import pytest

from bot.flow.expression import BadExpression, Unevaluated, parse_expression
from bot.model.session import Value
from bot.model.source import Place

PLACE = Place("flows/main.yaml", 1)
VALUES: dict[str, Value] = {"mood": 2, "topic": "study", "ticks": ("a", "b"), "nothing": None, "yes": True, "half": 0.5}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mood <= 2 and topic != 'info'", True),
        ("mood > 2 or topic == 'info'", False),
        ("not yes", False),
        ("topic in ['study', 'money']", True),
        ("'a' in ticks", True),
        ("'c' in ticks", False),
        ("mood + 3 * 2", 8),
        ("half + half", 1),
        ("half + mood", 2.5),
        ("mood - 3", -1),
        ("topic == 'study' ? 'books' : 'rest'", "books"),
        ("nothing == null", True),
        ("nothing ?? 'none'", "none"),
        ("'text'", "text"),
        ("ticks", ("a", "b")),
        ("nothing", None),
    ],
)
def test_an_expression_comes_to_its_value(text: str, value: Value) -> None:
    found = parse_expression(text, PLACE).value(VALUES)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["nothing <= 2", "'a' in nothing", "nothing + 1", "unheard_of > 1"])
def test_a_name_without_a_value_makes_an_expression_without_a_value(text: str) -> None:
    assert parse_expression(text, PLACE).value(VALUES) is None


@pytest.mark.parametrize("text", ["topic <= 2", "topic - 1", "mood / 0", "1 in mood"])
def test_what_cannot_be_worked_out_says_so_and_nothing_else(text: str) -> None:
    with pytest.raises(Unevaluated):
        parse_expression(text, PLACE).value(VALUES)


@pytest.mark.parametrize(
    "text",
    [
        "topic.length",
        "topic.__class__",
        "ticks[0]",
        "ticks[0:1]",
        "$now",
        "$re_groups",
        "$abs(mood)",
        "topic =~ '(a+)+$'",
        "topic =~~ 'a'",
        "[x for x in ticks]",
        "mood & 1",
        "mood << 100000",
        "{mood: 1}",
        "(topic == 'x') ? topic.length : 1",
        "[1, topic.length]",
        "not topic.length",
        "topic in [topic.as_upper]",
        "(topic ?? topic.length)",
        "__import__('os')",
        "mood ==",
        "mood = 1",
        "import os",
        "",
        "((((",
        "1 " * 400,
        "(" * 140 + "1" + ")" * 140 + "x",
    ],
)
def test_nothing_but_plain_comparing_and_counting_is_taken(text: str) -> None:
    with pytest.raises(BadExpression):
        parse_expression(text, PLACE)


def test_an_expression_knows_its_names_and_what_it_compares_them_with() -> None:
    expression = parse_expression("topic == 'a' or topic in ['b', 'c'] or 'd' != mood or 'e' in ticks", PLACE)
    assert expression.names == {"topic", "mood", "ticks"}
    assert set(expression.compared) == {("topic", "a"), ("topic", "b"), ("topic", "c"), ("mood", "d"), ("ticks", "e")}
