"""Each person finds every command that they can use on their own page, and none that they cannot."""

from __future__ import annotations

import re

import pytest
from pages import DOCS, prose

from bot.model.address import Side
from bot.model.person import Role
from handlers.dispatch import ALL
from handlers.menus import SHOWN

STUDENT = "students"
PAGE_OF = {Role.SUPPORTER: "supporters", Role.COUNSELOR: "counselors", Role.COORDINATOR: "coordinators"}
COMMANDS = [command for handles in ALL for command in handles.commands]


def usable() -> dict[str, set[str]]:
    """By page: the commands of those whom it is for."""
    found: dict[str, set[str]] = {STUDENT: set(), **{page: set() for page in PAGE_OF.values()}}
    for command in COMMANDS:
        if command.side is Side.STUDENT:
            found[STUDENT].add(command.name)
        else:
            for role in command.roles or set(Role):
                found[PAGE_OF[role]].add(command.name)
    return found


def told(page: str) -> set[str]:
    """What stands in the first column of its tables."""
    rows = re.findall(r"^\| (`/[^|]+) \|", prose(DOCS / f"{page}.md"), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`/([a-z]+)`", row)}


@pytest.mark.parametrize("page", usable())
def test_a_page_tells_the_commands_of_those_whom_it_is_for(page: str) -> None:
    assert told(page) == usable()[page]


def test_students_find_their_commands_in_both_languages() -> None:
    indonesian, english = prose(DOCS / "students.md").split("\n## English\n")
    for name in usable()[STUDENT]:
        assert f"| `/{name}` |" in indonesian
        assert f"| `/{name}` |" in english


@pytest.mark.parametrize("side", SHOWN)
def test_every_command_of_a_menu_is_one_that_somebody_can_use(side: Side) -> None:
    there = {command.name for command in COMMANDS if command.side is side}
    assert [name for name in SHOWN[side] if name not in there] == []
