"""New content takes the place of the old whole or not at all; conversations keep the edition that they began with."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.app import checking
from bot.app.deciding import Deciding
from bot.app.library import EditionWanted, Library
from bot.config.loading import PROJECT
from bot.content import Checked, check_sources, edition_of
from bot.model.source import FaultyContent
from bot.runtime.store import Conflict

LISTS = """
categories:
  A: {phrases: {red: [mau mati]}, examples: {red: [aku mau mati], calm: [halo]}}
"""
LANGUAGES = ("id", "en")


class Shelf:
    """What the store keeps."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str]] = {}

    async def save_edition(self, edition: str, files: Mapping[str, str]) -> None:
        self.kept[edition] = dict(files)

    async def edition(self, edition: str) -> dict[str, str] | None:
        return self.kept.get(edition)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped content with word lists that are quick to load."""
    found = Path(shutil.copytree(PROJECT / "flows", tmp_path / "flows", ignore=shutil.ignore_patterns("screening")))
    (found / "screening").mkdir()
    (found / "screening" / "id.yaml").write_text(LISTS)
    return found


def change(folder: Path) -> None:
    path = folder / "breathing.yaml"
    path.write_text(path.read_text() + "\n# changed\n")


async def test_loading_again_without_a_change_does_nothing(folder: Path) -> None:
    library = Library(folder, LANGUAGES, Shelf())
    assert await library.load()
    assert not await library.load()


async def test_changed_content_takes_the_place_of_the_old_and_both_are_there(folder: Path) -> None:
    shelf = Shelf()
    library = Library(folder, LANGUAGES, shelf)
    await library.load()
    before = library.current
    change(folder)
    await library.load()
    assert library.current.edition != before.edition
    assert library.edition(before.edition) is before
    assert set(shelf.kept) == {before.edition, library.current.edition}


async def test_faulty_content_changes_nothing(folder: Path) -> None:
    library = Library(folder, LANGUAGES, Shelf())
    await library.load()
    before = library.current
    (folder / "topics.yaml").write_text("oops: [")
    with pytest.raises(FaultyContent):
        await library.load()
    assert library.current is before


def break_an_example(folder: Path) -> None:
    path = folder / "screening" / "id.yaml"
    path.write_text(path.read_text().replace("calm: [halo]", "calm: [mau mati]"))


def break_a_conversation(folder: Path) -> None:
    (folder / "tests" / "broken.yaml").write_text(
        "- test: broken\n  flow: breathing\n  turns:\n    - bot: words that it never says\n"
    )


def drop_a_flow(folder: Path) -> None:
    (folder / "debrief.yaml").unlink()
    for path in (folder / "tests").glob("debrief*"):
        path.unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (break_an_example, "screening/id.yaml"),
        (break_a_conversation, "never says"),
        (drop_a_flow, "flows/debrief.yaml: it is not there"),
    ],
)
async def test_content_that_does_not_keep_its_word_never_goes_live(
    folder: Path, spoil: Callable[[Path], None], told: str
) -> None:
    shelf = Shelf()
    library = Library(folder, LANGUAGES, shelf)
    await library.load()
    before, kept = library.current, dict(shelf.kept)
    spoil(folder)
    with pytest.raises(FaultyContent, match=re.escape(told)):
        await library.load()
    assert library.current is before
    assert shelf.kept == kept
    with pytest.raises(FaultyContent):
        await Library(folder, LANGUAGES, shelf).load()


async def test_the_files_that_are_kept_are_those_that_were_checked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*arguments: Any, **named: Any) -> Checked:
        change(folder)  # somebody writes while the check runs
        return check_sources(*arguments, **named)

    monkeypatch.setattr(checking, "check_sources", check)
    shelf = Shelf()
    library = Library(folder, LANGUAGES, shelf)
    await library.load()
    assert edition_of(shelf.kept[library.current.edition]) == library.current.edition


async def test_another_process_goes_on_in_an_edition_that_it_never_loaded(folder: Path) -> None:
    shelf = Shelf()
    first = Library(folder, LANGUAGES, shelf)
    await first.load()
    old = first.current.edition
    change(folder)
    second = Library(folder, LANGUAGES, shelf)
    await second.load()
    with pytest.raises(EditionWanted):
        second.edition(old)
    await second.fetch(old)
    found = second.edition(old)
    assert found is not None
    assert {flow.name for flow in found.flows} == {flow.name for flow in first.current.flows}


async def test_an_edition_that_nobody_has_is_looked_for_once(folder: Path) -> None:
    library = Library(folder, LANGUAGES, Shelf())
    await library.load()
    await library.fetch("gone")
    assert library.edition("gone") is None


async def test_a_handler_that_needs_an_older_edition_runs_again_when_it_is_there(folder: Path) -> None:
    library = Library(folder, LANGUAGES, Shelf())
    await library.load()
    found: list[object] = []

    async def handler(_: Any) -> None:
        found.append(library.edition("older"))

    deciding = Deciding(handler, library)
    nothing: Any = None
    with pytest.raises(Conflict):
        await deciding(nothing)
    await deciding(nothing)
    assert found == [None]
