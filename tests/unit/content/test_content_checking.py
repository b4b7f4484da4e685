"""Content goes live only if it keeps what it says of itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content import check, load_checked
from bot.model.source import FaultyContent

LANGUAGES = ("id", "en")
LISTS = "categories: {}\n"
GREETING = "  - say: {id: Halo, en: Hello}\n"
FLOW = "flow: hello\nabout: {id: Halo, en: Hello}\nsteps:\n" + GREETING
TEST = "- test: It greets\n  flow: hello\n  language: en\n  turns:\n    - bot: Hello\n    - expect: {ended: true}\n"
PROJECT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest content that is whole."""
    root = tmp_path / "flows"
    for name in ("tests", "sentences", "screening"):
        (root / name).mkdir(parents=True)
    shutil.copy(PROJECT / "flows" / "aliases.yaml", root)
    (root / "hello.yaml").write_text(FLOW)
    (root / "tests" / "hello.yaml").write_text(TEST)
    (root / "topics.yaml").write_text("study: {label: {id: Kuliah, en: Study}}\n")
    (root / "contacts.yaml").write_text("{}\n")
    (root / "sentences" / "start.yaml").write_text("start: {hello: {id: Halo, en: Hello}}\n")
    (root / "screening" / "en.yaml").write_text(LISTS)
    return root


def test_content_that_keeps_its_word_may_go_live(folder: Path) -> None:
    assert check(folder, LANGUAGES).faults == ()
    assert load_checked(folder, LANGUAGES).flows["hello"].name == "hello"


def test_content_whose_conversations_go_otherwise_may_not(folder: Path) -> None:
    (folder / "hello.yaml").write_text(FLOW.replace("en: Hello}\n", "en: Hi}\n"))
    with pytest.raises(FaultyContent, match=r"flows/tests/hello.yaml:5: the bot does not say 'Hello'. It says 'Hi'"):
        load_checked(folder, LANGUAGES)


def test_a_broken_test_is_a_fault_of_the_content(folder: Path) -> None:
    (folder / "tests" / "hello.yaml").write_text("- test: [\n")
    checked = check(folder, LANGUAGES)
    assert checked.content is not None
    assert [fault.place.file for fault in checked.faults] == ["flows/tests/hello.yaml"]


def test_content_that_cannot_be_loaded_is_not_played(folder: Path) -> None:
    (folder / "topics.yaml").write_text("- study\n")
    checked = check(folder, LANGUAGES)
    assert checked.content is None
    assert [fault.place.file for fault in checked.faults] == ["flows/topics.yaml"]


def test_a_flow_without_a_test_is_warned_of_and_may_go_live(folder: Path) -> None:
    (folder / "tests" / "hello.yaml").unlink()
    checked = check(folder, LANGUAGES)
    assert checked.faults == ()
    assert [warning.message for warning in checked.warnings] == ["no conversation test plays the flow `hello`"]
