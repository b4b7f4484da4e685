"""Conversations are tests: who says what, and what appears on whose phone, for each part of the story."""

from __future__ import annotations

import os
from pathlib import Path

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
