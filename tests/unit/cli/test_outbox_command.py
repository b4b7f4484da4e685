"""What `sebaya outbox` prints, and what it refuses to be asked."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.cli.outbox import span, tell
from bot.model.event import Lane
from bot.store import DeadLetter


@pytest.mark.parametrize(
    ("ms", "told"), [(0, "0s"), (59_999, "59s"), (60_000, "1m"), (7_200_000, "2h"), (9**11, "363d")]
)
def test_an_age_is_told_roughly(ms: int, told: str) -> None:
    assert span(ms) == told


def test_a_letter_is_told_in_one_line_without_its_chat(capsys: pytest.CaptureFixture[str]) -> None:
    letter = DeadLetter("5000-0", 5_000, "gone: chat", "telegram.student.abc", "SendText", Lane.CRISIS, 1_000, "u:7")
    tell([letter], 65_000)
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "5000-0",
        "1m",
        "crisis",
        "SendText",
        "u:7",
        "gone:",
        "chat",
    ]


def test_an_empty_list_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    tell([], 0)
    assert capsys.readouterr().out == "Every message was delivered.\n"


@pytest.mark.parametrize("words", [("--retry", "x"), ("--drop", ""), ("--retry", "all", "--drop", "all")])
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...]) -> None:
    assert CliRunner().invoke(main, ["outbox", *words]).exit_code == 2
