"""Whom somebody in danger is shown: emergency numbers first, their own language before others, their region only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from bot.casework.contacts import for_crisis
from bot.casework.settings import Settings
from bot.casework.work import Work
from bot.content import Content, load_sources, sources
from bot.model.contact import Contact
from bot.model.level import Flag
from bot.model.text import Text

FLOWS = Path(__file__).parents[3] / "flows"


def contact(key: str, kind: str = "crisis-line", **details: object) -> Contact:
    plain = Contact(key, Text({"id": key, "en": key}), kind, number=f"no-{key}", crisis=True)
    return msgspec.structs.replace(plain, **details)


CONTACTS = [
    contact("indonesian", languages=("id",)),
    contact("english", languages=("en",), channels=("chat",)),
    contact("jakarta", region="DKI Jakarta", languages=("id", "en")),
    contact("ambulance", "emergency", languages=("id",)),
    contact("violence", "violence"),
    contact("hidden", crisis=False),
]


class Contents:
    """Today's content with contacts of our own."""

    def __init__(self) -> None:
        files = {name: text for name, text in sources(FLOWS).items() if "/screening/" not in name}
        content = load_sources(files, ("id", "en"))
        self.current = _replaced(content)

    def edition(self, _: str) -> None:
        return None


def _replaced(content: Content) -> Content:
    return replace(content, contacts={each.key: each for each in CONTACTS})


@pytest.fixture(scope="module")
def contents() -> Contents:
    return Contents()


def shown(contents: Contents, language: str, region: str = "", *flags: Flag) -> list[str]:
    work = Work(None, contents, Settings(region=region))  # type: ignore[arg-type]
    lines = for_crisis(work, language, frozenset(flags)).splitlines()
    return [line.split("no-")[1].split(" ")[0] for line in lines]


def test_emergency_numbers_come_first_then_those_in_the_persons_language(contents: Contents) -> None:
    assert shown(contents, "id") == ["ambulance", "indonesian", "english"]
    assert shown(contents, "en") == ["ambulance", "english", "indonesian"]


def test_a_contact_of_another_region_is_not_shown(contents: Contents) -> None:
    assert "jakarta" not in shown(contents, "id", "Bali")


def test_a_contact_of_the_programs_region_is_shown_however_it_is_written(contents: Contents) -> None:
    assert shown(contents, "id", " dki jakarta ") == ["ambulance", "indonesian", "jakarta"]


def test_for_violence_the_line_for_violence_comes_first_and_otherwise_not_at_all(contents: Contents) -> None:
    assert shown(contents, "id", "", Flag.ABUSE)[0] == "violence"
    assert "violence" not in shown(contents, "id")


def test_where_one_can_write_is_said(contents: Contents) -> None:
    work = Work(None, contents, Settings())  # type: ignore[arg-type]
    lines = for_crisis(work, "en").splitlines()
    assert [("you can write" in line) for line in lines] == [False, True, False]
