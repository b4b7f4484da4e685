"""Every reason that screening can give has words in every language of the program."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.casework.reasons import FRAMED, LISTED, READ, sentence_of
from bot.content import Content, load_sources, sources
from bot.model.level import Level
from bot.screening import explain

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def content() -> Content:
    files = {name: text for name, text in sources(ROOT / "flows").items() if "/screening/" not in name}
    return load_sources(files, ("id", "en"))


def notes() -> list[str]:
    plain = [value for name, value in vars(explain).items() if name.isupper() and isinstance(value, str)]
    return [*plain, *explain.SUBJECTS.values()]


def ways_of_reading() -> list[str]:
    """What the lexicon says of a word that was not written plainly: the constants beside a reading's words."""
    tree = ast.parse((ROOT / "bot" / "screening" / "lexicon.py").read_text(encoding="utf-8"))
    found = [
        node.args[1].value if isinstance(node, ast.Call) else node.value.elts[0].value  # type: ignore[attr-defined,union-attr]
        for node in ast.walk(tree)
        if (isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and _is_text(node.value.elts[0]))
        or (isinstance(node, ast.Call) and _calls(node, "_reading") and len(node.args) > 1 and _is_text(node.args[1]))
    ]
    return sorted(set(map(str, found)))


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _calls(node: ast.Call, name: str) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == name


@pytest.mark.parametrize("piece", notes())
def test_what_raised_or_lowered_a_match_can_be_said_in_every_language(content: Content, piece: str) -> None:
    assert sentence_of(piece) in content.keys


def test_how_disguised_words_were_read_can_be_said_in_every_language(content: Content) -> None:
    assert len(ways_of_reading()) >= 5
    assert [way for way in ways_of_reading() if sentence_of(way) not in content.keys] == []


def test_the_pieces_that_hold_a_value_are_known_by_their_beginning() -> None:
    source = (ROOT / "bot" / "screening" / "explain.py").read_text(encoding="utf-8").lower()
    assert all(f'f"{beginning}{{' in source for beginning in (LISTED, FRAMED, READ))
    assert {level.word for level in Level} == {"green", "blue", "yellow", "red", "emergency"}
