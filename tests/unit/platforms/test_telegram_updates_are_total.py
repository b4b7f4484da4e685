"""Whatever comes in as an update, reading it gives an answer and never raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.address import Side
from bot.model.event import CommandGiven, TextSaid
from bot.platforms.telegram.batches import batch_of
from bot.platforms.telegram.characters import whole
from bot.platforms.telegram.messages import body_of
from bot.platforms.telegram.shapes import Wrong, decode
from bot.platforms.telegram.updates import Ignored, Malformed, Origin, language_of, name_of, read_update
from bot.runtime.platform import Arrival, TryLater

ORIGIN = Origin("student", Side.STUDENT, 1_700_000_000_000, lambda platform, user: f"p-{platform}-{user}")

NAMES = """
update_id message edited_message callback_query my_chat_member channel_post chat from id type text data caption
message_id message_thread_id is_topic_message reply_to_message photo voice file_id location contact latitude
new_chat_member status first_name last_name language_code is_bot forum_topic_created poll
"""
KEYS = st.sampled_from(NAMES.split())
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("private")
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)
PRIVATE = {"id": 7, "type": "private"}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(JSON)
def test_any_json_is_an_arrival_or_ignored_or_malformed(update: object) -> None:
    assert isinstance(read_update(update, ORIGIN), Arrival | Ignored | Malformed)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), st.dictionaries(KEYS, JSON))
def test_any_fields_in_a_private_chat_are_read_or_malformed(kind: str, fields: dict[str, object]) -> None:
    known = {"chat": PRIVATE, "from": {"id": 7}, "message_id": 1}
    update = {"update_id": 1, kind: {**known, **fields, "chat": PRIVATE, "from": {"id": 7}, "message_id": 1}}
    found = read_update(update, ORIGIN)
    assert isinstance(found, Arrival | Ignored | Malformed)
    if kind == "message" and isinstance(fields.get("text", ""), str):
        assert not isinstance(found, Malformed)


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(), min_size=1))
def test_any_words_come_in_as_they_are_but_for_torn_characters(words: str) -> None:
    body = body_of({"message_id": 1, "text": words}, edited=False)
    assert isinstance(body, CommandGiven) or body == TextSaid(whole(words), "1")


@settings(deadline=None, derandomize=True)
@given(st.lists(JSON, max_size=5))
def test_any_batch_has_a_cursor_or_is_tried_later(updates: list[object]) -> None:
    try:
        batch = batch_of(updates, ORIGIN)
    except TryLater:
        assert updates
        return
    assert len(batch.arrivals) + sum(batch.ignored.values()) + batch.malformed == len(updates)


@pytest.mark.parametrize("updates", [None, {}, "a", 5, [None], [{"message": {}}]])
def test_what_acknowledges_nothing_is_tried_later(updates: object) -> None:
    with pytest.raises(TryLater):
        batch_of(updates, ORIGIN)


def test_an_empty_look_forgets_the_cursor() -> None:
    assert batch_of([], ORIGIN).cursor == ""


def test_the_cursor_is_above_the_highest_number_whatever_the_order() -> None:
    assert batch_of([{"update_id": 9}, {"update_id": 4}, "odd"], ORIGIN).cursor == "10"


@pytest.mark.parametrize(
    ("code", "language"),
    [("id", "id"), ("id-ID", "id"), ("EN_us", "en"), ("in", "id"), ("zh-hans", "zh"), ("", ""), (None, ""), (5, "")],
)
def test_a_language_is_its_primary_subtag_in_todays_spelling(code: object, language: str) -> None:
    assert language_of({"language_code": code}) == language


def test_a_name_is_what_there_is_of_first_and_last() -> None:
    assert name_of({"first_name": "Siti", "last_name": "A"}) == "Siti A"
    assert name_of({"last_name": "A", "first_name": 5}) == "A"
    assert name_of({}) == ""


def test_a_bot_for_both_sides_leaves_the_side_to_the_person() -> None:
    origin = Origin("one", None, 5, lambda _, user: user)
    update = {"update_id": 1, "message": {"message_id": 1, "chat": PRIVATE, "from": {"id": 7}, "text": "a"}}
    found = read_update(update, origin)
    assert isinstance(found, Arrival)
    assert found.event.side is None


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", "[" * 5000, b"nul", b'{"a": 1e999x}'])
def test_what_is_no_json_is_wrong_and_nothing_else(body: bytes | str) -> None:
    with pytest.raises(Wrong):
        decode(body)


def test_a_torn_character_is_read_and_replaced() -> None:
    found = decode(json.dumps({"text": "a\ud83d"}))
    assert isinstance(found, dict)
    assert body_of({"message_id": 1, **found}, edited=False) == TextSaid("a\ufffd", "1")


def test_a_number_that_no_store_can_hold_is_malformed() -> None:
    chat = {"id": 10**30, "type": "private"}
    update = {"update_id": 1, "message": {"message_id": 1, "chat": chat, "from": {"id": 7}, "text": "a"}}
    assert read_update(update, ORIGIN) == Malformed()
