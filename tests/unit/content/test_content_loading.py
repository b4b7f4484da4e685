"""Loading: whole or not at all, the same edition everywhere, and old contacts are told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content import edition_of, load, load_sources, sources
from bot.model.contact import Confidence, Contact
from bot.model.source import FaultyContent
from bot.model.text import Text

FLOW = "flow: hello\nabout: {id: Halo, en: Hello}\nsteps:\n  - say: {id: Halo, en: Hello}\n"
TOPICS = """
study: {label: {id: Kuliah, en: Study}, order: 2}
lonely: {label: {id: Kesepian, en: Lonely}, order: 1, self_help: hello}
"""
CONTACTS = """
emergency:
  name: {id: Darurat, en: Emergency}
  kind: emergency
  number: 112
  channels: phone
  hours: {id: 24 jam, en: 24 hours}
  languages: [id]
  note:
  source_url: https://example.org
  source_date: 2026-08-01
  verified_on: 2026-11-01
  verified_by: A coordinator
  confidence: high
  crisis: true
"""
LANGUAGES = ("id", "en")


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_contact_is_read_with_all_that_it_says() -> None:
    content = load_sources({"flows/contacts.yaml": CONTACTS}, LANGUAGES, date(2026, 11, 21))
    assert content.contacts["emergency"] == Contact(
        key="emergency",
        name=Text({"id": "Darurat", "en": "Emergency"}),
        kind="emergency",
        number="112",
        channels=("phone",),
        hours=Text({"id": "24 jam", "en": "24 hours"}),
        languages=("id",),
        source_url="https://example.org",
        source_date=date(2026, 8, 1),
        verified_on=date(2026, 11, 1),
        verified_by="A coordinator",
        confidence=Confidence.HIGH,
        crisis=True,
    )


@pytest.mark.parametrize(("today", "warnings"), [(date(2027, 1, 30), 0), (date(2027, 1, 31), 1)])
def test_a_contact_that_was_not_tried_for_ninety_days_is_warned_of(today: date, warnings: int) -> None:
    content = load_sources({"flows/contacts.yaml": CONTACTS}, LANGUAGES, today)
    assert len(content.warnings) == warnings


def test_a_contact_without_any_date_is_warned_of() -> None:
    undated = "".join(f"{line}\n" for line in CONTACTS.splitlines() if "_on" not in line and "_date" not in line)
    content = load_sources({"flows/contacts.yaml": undated}, LANGUAGES)
    assert [warning.message for warning in content.warnings] == ["nobody knows when the contact `emergency` was right"]


def test_topics_stand_in_their_order_and_are_a_list_for_questions() -> None:
    files = {"flows/topics.yaml": TOPICS, "flows/hello.yaml": FLOW}
    content = load_sources(files, LANGUAGES)
    assert list(content.topics) == ["lonely", "study"]
    assert content.topics["lonely"].self_help == "hello"


def test_an_edition_is_the_same_for_the_same_files_and_another_for_others(tmp_path: Path) -> None:
    one = sources(write(tmp_path / "flows", hello=FLOW, topics=TOPICS))
    other = sources(write(tmp_path / "content", hello=FLOW, topics=TOPICS))
    changed = sources(write(tmp_path / "changed", hello=FLOW, topics=TOPICS + "# a comment\n"))
    renamed = sources(write(tmp_path / "renamed", hallo=FLOW, topics=TOPICS))
    assert edition_of(one) == edition_of(other)
    assert len({edition_of(files) for files in (one, changed, renamed)}) == 3


def test_an_edition_can_be_rebuilt_from_its_stored_files(tmp_path: Path) -> None:
    files = sources(write(tmp_path / "flows", hello=FLOW, topics=TOPICS, contacts=CONTACTS))
    first, again = load_sources(files, LANGUAGES), load_sources(dict(reversed(files.items())), LANGUAGES)
    assert (first.edition, first.topics, first.contacts) == (again.edition, again.topics, again.contacts)


def test_tests_do_not_make_an_edition(tmp_path: Path) -> None:
    folder = write(tmp_path / "flows", hello=FLOW)
    before = edition_of(sources(folder))
    write(folder, **{"tests/hello": "- test: one\n"})
    assert edition_of(sources(folder)) == before


def test_a_folder_without_what_the_bot_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyContent) as trouble:
        load(write(tmp_path / "flows", hello=FLOW), LANGUAGES)
    assert [fault.place.file for fault in trouble.value.faults] == [
        "flows/topics.yaml", "flows/contacts.yaml", "flows/aliases.yaml", "flows/sentences", "flows/screening",
    ]  # fmt: skip


def test_a_missing_folder_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(FaultyContent, match="there is no such folder"):
        load(tmp_path / "flows", LANGUAGES)


def test_a_file_that_is_no_text_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    folder = write(tmp_path / "flows", hello=FLOW)
    (folder / "topics.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FaultyContent, match=r"flows/topics.yaml:1: the file cannot be read as UTF-8 text"):
        load(folder, LANGUAGES)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "flows", hello=FLOW.replace("id: Halo, ", ""), topics="study: {}\n", contacts="a: {}\n")
    with pytest.raises(FaultyContent) as trouble:
        load(folder, LANGUAGES)
    files = {fault.place.file for fault in trouble.value.faults}
    assert {"flows/hello.yaml", "flows/topics.yaml", "flows/contacts.yaml", "flows/sentences"} <= files
