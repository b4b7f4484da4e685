"""A message that answers another, and one that is taken back: the same by every driver, and no words are lost."""

from __future__ import annotations

import json

import msgspec
import pytest
from scripted_api import ScriptedApi, refusal

from bot.model.event import MediaKind
from bot.model.outgoing import DeleteMessage, Failure, SendMedia, SendText
from bot.runtime.platform import GivenUp, TryLater

ANSWERS_31 = {"message_id": 31, "allow_sending_without_reply": True}


async def test_an_answer_hangs_on_the_message_that_it_answers(platform, api: ScriptedApi, chat) -> None:
    sent = await platform.send(chat, SendText("ya", reply_to="31"))
    [call] = api.calls("sendMessage")
    assert call.json("reply_parameters") == ANSWERS_31
    assert sent.messages == ("1001",)


async def test_of_a_long_answer_only_the_first_part_hangs_on_it(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendText("kata " * 2000, reply_to="31"))
    calls = api.calls("sendMessage")
    assert ["reply_parameters" in call.fields for call in calls] == [True] + [False] * (len(calls) - 1)


@pytest.mark.parametrize(
    ("kind", "file"),
    [(MediaKind.VOICE, "FILE"), (MediaKind.LOCATION, json.dumps({"latitude": 1.5, "longitude": 2.5}))],
)
async def test_media_may_be_an_answer_too(platform, api: ScriptedApi, chat, kind: MediaKind, file: str) -> None:
    await platform.send(chat, SendMedia(kind, "student", file, reply_to="31"))
    [call] = api.seen
    assert call.json("reply_parameters") == ANSWERS_31


@pytest.mark.parametrize("number", ["", "m-31", "$31:matrix.org"])
async def test_what_is_no_number_of_telegrams_is_answered_by_an_ordinary_message(
    platform, api: ScriptedApi, chat, number: str
) -> None:
    await platform.send(chat, SendText("ya", reply_to=number))
    [call] = api.calls("sendMessage")
    assert "reply_parameters" not in call.fields


@pytest.mark.parametrize(
    "words", ["message to be replied not found", "replied message not found", "reply message not found"]
)
async def test_an_answer_to_what_is_gone_goes_out_by_itself(platform, api: ScriptedApi, chat, words: str) -> None:
    api.says("sendMessage", refusal(400, f"Bad Request: {words}"))
    sent = await platform.send(chat, SendText("ya", reply_to="31"))
    assert ["reply_parameters" in call.fields for call in api.calls("sendMessage")] == [True, False]
    assert sent.messages == ("1001",)


async def test_whatever_telegram_takes_offence_at_is_left_out_and_the_words_go_on(
    platform, api: ScriptedApi, chat
) -> None:
    for words in ("message to be replied not found", "message thread not found"):
        api.says("sendMessage", refusal(400, f"Bad Request: {words}"))
    await platform.send(msgspec.structs.replace(chat, thread="12"), SendText("ya", reply_to="31"))
    last = api.calls("sendMessage")[-1]
    assert last.fields.keys() & {"message_thread_id", "reply_parameters"} == set()
    assert last.fields["text"] == "ya"


async def test_a_message_is_taken_back(platform, api: ScriptedApi, chat) -> None:
    assert (await platform.send(chat, DeleteMessage("r"), "55")).messages == ()
    [call] = api.seen
    assert (call.method, call.fields) == ("deleteMessage", {"chat_id": "7", "message_id": "55"})


async def test_to_take_back_what_nobody_knows_asks_nobody(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, DeleteMessage("r"))
    assert api.seen == []


async def test_to_take_back_what_is_gone_is_no_failure(platform, api: ScriptedApi, chat) -> None:
    api.says("deleteMessage", refusal(400, "Bad Request: message to delete not found"))
    await platform.send(chat, DeleteMessage("r"), "55")
    assert api.methods == ["deleteMessage"]


@pytest.mark.parametrize("words", ["message can't be deleted", "message can't be deleted for everyone"])
async def test_what_can_no_longer_be_taken_back_is_told(platform, api: ScriptedApi, chat, words: str) -> None:
    api.says("deleteMessage", refusal(400, f"Bad Request: {words}"))
    with pytest.raises(GivenUp) as caught:
        await platform.send(chat, DeleteMessage("r"), "55")
    assert caught.value.failure is Failure.GONE


async def test_a_limit_on_taking_back_is_tried_later(platform, api: ScriptedApi, chat) -> None:
    api.says("deleteMessage", refusal(429, "Too Many Requests: retry after 2", retry_after=2))
    with pytest.raises(TryLater) as caught:
        await platform.send(chat, DeleteMessage("r"), "55")
    assert (caught.value.after_ms, caught.value.whole_bot) == (2_000, False)
