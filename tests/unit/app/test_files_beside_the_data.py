"""The demo's key and the bots' names, kept beside the data."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.app import usernames
from bot.app.demo_key import FILE, demo_key
from bot.app.reloading import footprint
from bot.store import Keyring


def test_the_demo_keeps_its_key(tmp_path: Path) -> None:
    first = demo_key(tmp_path / "new")
    assert demo_key(tmp_path / "new") == first
    Keyring.from_text(first)


def test_only_its_user_can_read_the_demos_key(tmp_path: Path) -> None:
    demo_key(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_noted_names_are_read_again(tmp_path: Path) -> None:
    usernames.note(tmp_path / "new", {"staff": "x_bot"})
    assert usernames.noted(tmp_path / "new") == {"staff": "x_bot"}


@pytest.mark.parametrize("text", [None, "", "{", "[]"])
def test_names_that_cannot_be_read_are_unknown_and_no_trouble(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / usernames.FILE).write_text(text)
    assert usernames.noted(tmp_path) == {}


def test_a_changed_added_or_removed_file_changes_the_footprint(tmp_path: Path) -> None:
    prints = [footprint(tmp_path)]
    (tmp_path / "a.yaml").write_text("a")
    prints.append(footprint(tmp_path))
    (tmp_path / "a.yaml").write_text("bb")
    prints.append(footprint(tmp_path))
    (tmp_path / "a.yaml").unlink()
    assert footprint(tmp_path) == prints[0]
    assert len(set(prints)) == 3
