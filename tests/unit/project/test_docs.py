"""What an operator can type or set is written down: commands, options, settings, make targets, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import main
from bot.config import Config
from bot.config.environment import leaves

PROJECT = Path(__file__).parents[3]
OPERATORS = (PROJECT / "docs" / "operators.md").read_text()
TARGETS = re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE)
DECISIONS = sorted((PROJECT / "docs" / "decisions").glob("*.md"))


def commands(group: click.Group, above: str = "sebaya") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


COMMANDS = dict(commands(main))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_is_documented_with_all_its_options(line: str) -> None:
    assert f"`{line}" in OPERATORS
    options = [option for each in COMMANDS[line].params for option in each.opts if option.startswith("--")]
    assert [option for option in options if option not in OPERATORS] == []


@pytest.mark.parametrize("path", list(leaves(Config)), ids=".".join)
def test_every_setting_is_documented(path: tuple[str, ...]) -> None:
    assert f"| `{'.'.join(path)}` |" in OPERATORS


def test_no_setting_is_documented_that_does_not_exist() -> None:
    table = OPERATORS[OPERATORS.index("## Settings") :]
    documented = re.findall(r"^\| `([a-z_.]+)` \|", table, re.MULTILINE)
    assert sorted(documented) == sorted(".".join(path) for path in leaves(Config))


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_documented(target: str) -> None:
    assert f"`make {target}`" in OPERATORS


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_every_decision_is_numbered_and_says_what_and_why(page: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+", page.stem)
    text = page.read_text()
    assert text.startswith("# ")
    assert "## Decision" in text
    assert "## Why" in text
