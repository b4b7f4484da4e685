"""Each answer of Telegram's has one meaning, worked out from the answer alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.outgoing import Failure
from bot.platforms.telegram.outcomes import BAD_REQUESTS, Meaning, Outcome, judge
from bot.platforms.telegram.wire import Reply


def reply(status: int, description: str, **more: object) -> Reply:
    return Reply(status, json.dumps({"ok": False, "error_code": status, "description": description, **more}))


def test_a_result_is_handed_on() -> None:
    assert judge("getMe", Reply(200, b'{"ok": true, "result": {"id": 1}}')) == Outcome(Meaning.DONE, result={"id": 1})


@pytest.mark.parametrize(("words", "outcome"), BAD_REQUESTS)
def test_each_known_refusal_is_known_in_any_case(words: str, outcome: Outcome) -> None:
    assert judge("sendMessage", reply(400, f"Bad Request: {words.upper()} (more)")) == outcome


@pytest.mark.parametrize("method", ["setMessageReaction", "sendChatAction", "answerCallbackQuery"])
def test_a_refused_decoration_is_harmless_but_its_limits_and_blocks_count(method: str) -> None:
    assert judge(method, reply(400, "Bad Request: anything")).meaning is Meaning.HARMLESS
    assert judge(method, reply(404, "Not Found: method not found")).meaning is Meaning.HARMLESS
    assert judge(method, reply(429, "Too Many Requests")).meaning is Meaning.LATER
    assert judge(method, reply(403, "Forbidden: bot was blocked by the user")).failure is Failure.BLOCKED


@pytest.mark.parametrize(
    ("more", "words", "after_ms"),
    [
        ({"parameters": {"retry_after": 12}}, "Too Many Requests: retry after 12", 12_000),
        ({}, "Too Many Requests: retry after 35", 35_000),
        ({"parameters": {"retry_after": "soon"}}, "Too Many Requests", None),
        ({"parameters": {"retry_after": -1}}, "Too Many Requests", None),
        ({"parameters": {"retry_after": True}}, "Too Many Requests", None),
        ({"parameters": None}, "Too Many Requests", None),
    ],
)
def test_a_limit_is_read_from_the_parameters_or_the_words(
    more: dict[str, object], words: str, after_ms: object
) -> None:
    outcome = judge("sendMessage", reply(429, words, **more))
    assert (outcome.meaning, outcome.after_ms, outcome.whole_bot) == (Meaning.LATER, after_ms, False)


def test_a_migrated_chat_is_gone() -> None:
    moved = reply(
        400, "Bad Request: group chat was upgraded to a supergroup chat", parameters={"migrate_to_chat_id": -1}
    )
    assert judge("sendMessage", moved).failure is Failure.GONE


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 429, 500, 502, 503])
def test_a_proxys_words_are_never_taken_for_telegrams(status: int) -> None:
    assert judge("sendMessage", Reply(status, b"<html>")).meaning is Meaning.LATER
    assert judge("sendMessage", Reply(status, b'{"error": "x"}')).meaning is Meaning.LATER


@settings(deadline=None, derandomize=True)
@given(
    st.sampled_from(["sendMessage", "getUpdates"]), st.integers(min_value=100, max_value=599), st.binary(max_size=40)
)
def test_any_answer_has_a_meaning(method: str, status: int, body: bytes) -> None:
    assert isinstance(judge(method, Reply(status, body)), Outcome)


@settings(deadline=None, derandomize=True)
@given(st.integers(min_value=300, max_value=599), st.text(max_size=30))
def test_a_reason_never_repeats_what_telegram_said(status: int, words: str) -> None:
    said = f"{words} rahasia-7"
    assert "rahasia" not in judge("sendMessage", reply(status, said)).reason
