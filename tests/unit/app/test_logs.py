"""The log tells what happened and never who, what they wrote, or a secret."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from bot.app.logs import STRUCK, JsonLines, describe

LONG_TOKEN = "1234567890" + ":" + "A" * 35


def line(message: str, *args: object, secrets: tuple[str, ...] = (), **fields: object) -> dict[str, object]:
    record = logging.getLogger("bot.x").makeRecord("bot.x", logging.INFO, "f", 1, message, args, None, extra=fields)
    found: dict[str, object] = json.loads(JsonLines(secrets).format(record))
    return found


def fail(message: str) -> None:
    raise ValueError(message)


def fail_twice(message: str) -> None:
    try:
        fail(message)
    except ValueError as cause:
        raise RuntimeError(message) from cause


def failed(message: str) -> dict[str, object]:
    try:
        fail_twice(message)
    except RuntimeError:
        record = logging.getLogger("bot.x").makeRecord("bot.x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_record_is_one_json_object_with_its_fields() -> None:
    found = line("%d updates", 3, loop="gateway")
    assert (found["event"], found["level"], found["logger"], found["loop"]) == ("3 updates", "info", "bot.x", "gateway")
    assert str(found["time"]).endswith("Z")


def test_an_exception_is_told_without_its_message() -> None:
    found = failed("aku mau mati")
    assert "aku mau mati" not in json.dumps(found)


def test_an_exception_is_told_with_the_whole_chain_of_kinds_and_places() -> None:
    trouble = failed("x")["trouble"]
    assert isinstance(trouble, list)
    assert [each["kind"] for each in trouble] == ["RuntimeError", "ValueError"]
    assert "test_logs.py" in trouble[0]["at"][0]


@pytest.mark.parametrize("where", ["event", "field"])
def test_whatever_looks_like_a_token_is_struck_out(where: str) -> None:
    found = line(f"calling {LONG_TOKEN}") if where == "event" else line("calling", url=f"https://x/bot{LONG_TOKEN}/y")
    assert LONG_TOKEN not in json.dumps(found)
    assert STRUCK in json.dumps(found)


def test_the_secrets_of_this_process_are_struck_out_whatever_they_look_like() -> None:
    assert line("with hunter2", secrets=("hunter2", ""))["event"] == f"with {STRUCK}"


def test_a_value_that_json_cannot_say_is_named_by_its_kind_only() -> None:
    class Said:
        def __repr__(self) -> str:
            return "aku mau mati"

    assert line("x", what=Said())["what"] == "<Said>"


def test_an_endless_chain_of_frames_is_cut() -> None:
    def deeper(left: int) -> None:
        if not left:
            raise ValueError
        deeper(left - 1)

    try:
        deeper(100)
    except ValueError as trouble:
        told = describe(trouble)
    places = told[0]["at"]
    assert isinstance(places, list)
    assert len(places) == 12
