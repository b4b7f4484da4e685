"""What somebody sent is passed on: by its id on the bot that received it, by its bytes on the other."""

from __future__ import annotations

import json

import pytest
from scripted_api import Answer, ScriptedApi, ok, refusal

from bot.model.address import Address
from bot.model.event import MediaKind
from bot.model.outgoing import Failure, SendMedia
from bot.runtime.platform import GivenUp, TryLater

WITH_FILE = {
    MediaKind.VOICE: ("sendVoice", "voice"),
    MediaKind.AUDIO: ("sendAudio", "audio"),
    MediaKind.PHOTO: ("sendPhoto", "photo"),
    MediaKind.VIDEO: ("sendVideo", "video"),
    MediaKind.VIDEO_NOTE: ("sendVideoNote", "video_note"),
    MediaKind.ANIMATION: ("sendAnimation", "animation"),
    MediaKind.STICKER: ("sendSticker", "sticker"),
    MediaKind.DOCUMENT: ("sendDocument", "document"),
}


@pytest.mark.parametrize("kind", WITH_FILE)
async def test_every_kind_goes_on_by_its_id_on_the_same_bot(platform, api: ScriptedApi, chat, kind: MediaKind) -> None:
    method, parameter = WITH_FILE[kind]
    sent = await platform.send(chat, SendMedia(kind, "student", "FILE"))
    [call] = api.seen
    assert (call.method, call.fields) == (method, {"chat_id": "7", parameter: "FILE"})
    assert sent.messages == ("1001",)


@pytest.mark.parametrize("kind", WITH_FILE)
async def test_every_kind_goes_on_by_its_bytes_to_the_other_bot(platform, api: ScriptedApi, kind: MediaKind) -> None:
    method, parameter = WITH_FILE[kind]
    content = bytes(range(256)) * 1000
    api.files["folder/file_1.ogg"] = content
    api.says("getFile", ok({"file_id": "FILE", "file_path": "folder/file_1.ogg"}))
    sent = await platform.send(Address("telegram", "staff", "8", "5"), SendMedia(kind, "student", "FILE"))
    asked, uploaded = api.seen
    assert (asked.method, asked.token.split(":")[0], asked.fields) == ("getFile", "1001", {"file_id": "FILE"})
    assert (uploaded.method, uploaded.token.split(":")[0]) == (method, "1002")
    assert uploaded.files == {parameter: (f"{kind}.ogg", content)}
    assert uploaded.fields["message_thread_id"] == "5"
    assert sent.messages == ("1001",)


async def test_words_go_along_under_the_picture(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendMedia(MediaKind.PHOTO, "student", "FILE", caption="<i>lihat</i>"))
    assert api.seen[0].fields == {"chat_id": "7", "photo": "FILE", "caption": "<i>lihat</i>"}


async def test_words_that_a_kind_cannot_carry_follow_as_a_text(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendMedia(MediaKind.STICKER, "student", "FILE", caption="lihat"))
    assert api.methods == ["sendSticker", "sendMessage"]
    assert api.seen[1].fields["text"] == "lihat"


@pytest.mark.parametrize(
    ("kind", "method", "details"),
    [
        (MediaKind.LOCATION, "sendLocation", {"latitude": -6.2, "longitude": 106.8}),
        (MediaKind.CONTACT, "sendContact", {"phone_number": "+62", "first_name": "Ani"}),
    ],
)
async def test_a_place_or_a_card_goes_on_to_any_bot(platform, api: ScriptedApi, kind, method, details) -> None:
    await platform.send(Address("telegram", "staff", "8"), SendMedia(kind, "student", json.dumps(details)))
    [call] = api.seen
    assert call.method == method
    assert call.fields == {"chat_id": "8"} | {key: str(value) for key, value in details.items()}


@pytest.mark.parametrize(
    "what",
    [
        SendMedia(MediaKind.OTHER, "student", ""),
        SendMedia("hologram", "student", "F"),
        SendMedia(MediaKind.VOICE, "student", ""),
        SendMedia(MediaKind.LOCATION, "student", "nonsense"),
    ],
)
async def test_what_cannot_be_passed_on_is_given_up_at_once(platform, api: ScriptedApi, chat, what) -> None:
    with pytest.raises(GivenUp) as caught:
        await platform.send(chat, what)
    assert caught.value.failure is Failure.REFUSED
    assert api.seen == []


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        ("wrong file_id or the file is temporarily unavailable", Failure.GONE),
        ("file is too big", Failure.REFUSED),
    ],
)
async def test_a_file_that_cannot_be_fetched_is_given_up(platform, api: ScriptedApi, words: str, failure) -> None:
    api.says("getFile", refusal(400, f"Bad Request: {words}"))
    with pytest.raises(GivenUp) as caught:
        await platform.send(Address("telegram", "staff", "8"), SendMedia(MediaKind.PHOTO, "student", "FILE"))
    assert caught.value.failure is failure


async def test_a_file_that_has_vanished_is_given_up_and_a_broken_download_tried_later(platform, api) -> None:
    to, what = Address("telegram", "staff", "8"), SendMedia(MediaKind.PHOTO, "student", "FILE")
    api.says("getFile", *[ok({"file_path": path}) for path in ("none.jpg", "cut.jpg", "500.jpg")], ok({}))
    api.files |= {"cut.jpg": Answer(cut=True), "500.jpg": Answer(500)}
    with pytest.raises(GivenUp):
        await platform.send(to, what)
    with pytest.raises(TryLater):
        await platform.send(to, what)
    with pytest.raises(TryLater):
        await platform.send(to, what)
    with pytest.raises(GivenUp):
        await platform.send(to, what)
