"""Every way in which a word list can be wrong has a file here, and beside it exactly what its author is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_lists import ROOT

from bot.content.reader import node_of
from bot.screening import check_lists, compile_lists, screen

GALLERY = ROOT / "tests" / "gallery" / "screening"
BROKEN = sorted(GALLERY.glob("*.yaml"))


def told(path: Path) -> str:
    """What `sebaya check` would say of the file."""
    lists, faults = compile_lists({"xx": node_of(path.read_text(encoding="utf-8"), path.name)})
    return "".join(f"{fault}\n" for fault in sorted({*faults, *check_lists(lists)}))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_author_of_a_broken_list_is_told_where_and_what_to_do(path: Path) -> None:
    assert told(path) == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_list_is_told_and_does_not_break_the_program(path: Path) -> None:
    lists, _ = compile_lists({"xx": node_of(path.read_text(encoding="utf-8"), path.name)})
    assert screen("aku mau mati", lists).lists == lists.version


def test_each_broken_list_has_something_to_be_told() -> None:
    assert BROKEN
    assert all(path.with_suffix(".txt").read_text(encoding="utf-8") for path in BROKEN)
