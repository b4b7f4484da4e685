"""Conversations are tests: who says what, and what appears on whose phone, for each part of the story."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from golden_script import play, read, rewrite

from bot.store import RedisStore

CONVERSATIONS = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
async def test_a_golden_conversation_comes_out_as_written(path: Path, store: RedisStore) -> None:
    story = read(path)
    appeared = await play(story, store)
    if os.environ.get("GOLDEN") == "rewrite":
        rewrite(path, story, appeared)
        return
    for number, (turn, lines) in enumerate(zip(story["turns"], appeared, strict=True), start=1):
        assert lines == turn.get("then", []), f"{path.name}, turn {number}: {turn}"


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_no_note_and_no_name_of_anybody_ever_reaches_a_students_phone(path: Path) -> None:
    """Read from the conversations as written, which the test above holds true."""
    story = read(path)
    students = {name for name, role in story["people"].items() if role.startswith("student")}
    secrets = {name.capitalize() for name in story["people"]} | set(_internal(story, students))
    for turn in story["turns"]:
        for line in turn.get("then", []):
            who, _, shown = line.partition(" ← ")
            if who in students:
                assert not [secret for secret in secrets if secret in shown], line


def _internal(story: dict[str, Any], students: set[str]) -> Iterator[str]:
    """What staff wrote for staff: notes, questions to counselors, outcomes; and the names by which staff know staff."""
    for turn in story["turns"]:
        who, deed = next(iter(turn.items()))
        words = deed.get("reply", "") if isinstance(deed, dict) else str(deed)
        if who not in students and words.startswith(("/note ", "/consult ", "/escalate ", "/transfer ")):
            yield words.partition(" ")[2]
        for line in turn.get("then", []):
            yield from re.findall(r"(?:diambil|taken by) ([^.\[]+)\.", line)
