"""What the pages name is there: pages, headings, pictures, files, tests, decisions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import DECISIONS, DOCS, PAGES, PROJECT, anchors, links, name_of, prose

ARCHITECTURE = DOCS / "architecture.md"
NAMED = re.findall(r"`([^`\n]+)`", prose(ARCHITECTURE))
TESTS = sorted({name for name in NAMED if name.startswith("test_")})
PATHS = sorted({name for name in NAMED if re.match(r"(bot|handlers|tests|flows|docs)/", name)})
STORIES = sorted(set(re.findall(r"golden `([^`]+)`", prose(ARCHITECTURE))))
LONGEST_DECISION = 40


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(page: Path) -> None:
    lost = []
    for link in links(page):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_every_decision_is_listed_and_short(page: Path) -> None:
    assert f"(decisions/{page.name})" in (DOCS / "decisions.md").read_text(encoding="utf-8")
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_DECISION


@pytest.fixture(scope="module")
def all_tests() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))


@pytest.mark.parametrize("name", TESTS)
def test_every_test_that_stands_for_a_promise_is_there(name: str, all_tests: str) -> None:
    assert f"def {name}(" in all_tests


@pytest.mark.parametrize("path", PATHS)
def test_every_path_that_the_architecture_names_is_there(path: str) -> None:
    assert list(PROJECT.glob(path.rstrip("/")))


@pytest.mark.parametrize("story", STORIES)
def test_every_golden_conversation_that_stands_for_a_promise_is_there(story: str) -> None:
    assert (PROJECT / "tests" / "golden" / "conversations" / f"{story}.yaml").is_file()


def test_every_promise_has_a_test() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\|(.*)\|$", prose(ARCHITECTURE), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 15))
    assert [number for number, tests in rows if "`" not in tests] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_claims_that_talking_to_peers_cures(page: Path) -> None:
    assert not re.search(
        r"(reduc|prevent|cur|treat)(e|es|s|ing)\s+(depression|anxiety|suicide)", prose(page), re.IGNORECASE
    )
