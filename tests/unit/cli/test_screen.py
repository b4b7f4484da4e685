"""What `sebaya screen` answers to each line, whatever the line is."""

from __future__ import annotations

import json

from click.testing import CliRunner

from bot.cli import main
from bot.cli.screen import answers, told
from bot.model.level import Flag, Level
from bot.model.verdict import CALM, Match, Verdict

DANGER = Verdict(
    level=Level.RED,
    categories=("A",),
    flags=(Flag.MINOR,),
    matches=(Match(0, 8, "mau mati", "A/x", "A", Level.RED, "why"),),
    subject="self",
    ask=True,
    lists="v1",
)


def judge(text: str) -> Verdict:
    return DANGER if text == "mau mati" else CALM


def test_each_line_gets_one_verdict() -> None:
    lines = [b"mau mati\n", b"\n", b"halo"]
    assert [answer["level"] for answer in answers(lines, judge, jsonl=False)] == ["red", "green", "green"]


def test_a_verdict_is_told_in_words_with_its_reasons() -> None:
    assert told(DANGER) == {
        "level": "red",
        "categories": ["A"],
        "matches": [
            {"start": 0, "end": 8, "words": "mau mati", "rule": "A/x", "category": "A", "level": "red", "why": "why"}
        ],
        "flags": ["minor"],
        "subject": "self",
        "ask": True,
        "lists": "v1",
    }


def test_a_line_that_is_not_utf8_is_answered_and_the_next_is_judged() -> None:
    found = list(answers([b"\xff\xfe\n", b"mau mati\n"], judge, jsonl=False))
    assert found[0] == {"error": "line 1 is not UTF-8", "line": 1}
    assert found[1]["level"] == "red"


def test_faulty_json_lines_are_answered_and_the_next_is_judged() -> None:
    lines = [b"nope\n", b"[1]\n", b'{"text": 1}\n', b'{"text": "x", "language": 1}\n', b'{"text": "mau mati"}\n']
    found = list(answers(lines, judge, jsonl=True))
    assert [answer.get("error") for answer in found] == [
        "line 1 is not JSON",
        "line 2 is not a JSON object",
        'line 3 has no "text" that is a string',
        'line 4 has a "language" that is not a string',
        None,
    ]


def test_deeply_nested_json_is_a_faulty_line_and_no_crash() -> None:
    found = list(answers([b"[" * 100_000], judge, jsonl=True))
    assert "error" in found[0]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert next(answers([b"\xef\xbb\xbfmau mati\n"], judge, jsonl=False))["level"] == "red"


def test_the_command_exits_with_1_when_a_line_was_faulty_and_judges_the_others() -> None:
    result = CliRunner().invoke(main, ["screen"], input=b"aku mau mati\n\xff\nhalo\n")
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert [row.get("level", "error") for row in rows] == ["red", "error", "green"]
    assert result.exit_code == 1


def test_half_a_surrogate_pair_is_still_answered_in_json() -> None:
    result = CliRunner().invoke(main, ["screen", "--jsonl"], input=rb'{"text": "\ud800 aku mau mati"}' + b"\n")
    assert json.loads(result.output)["level"] == "red"
    assert result.exit_code == 0
