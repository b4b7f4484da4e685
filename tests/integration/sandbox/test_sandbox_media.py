"""Files, places and contacts: both ways, with ids that belong to one bot."""

from __future__ import annotations

import json

import aiohttp
import pytest
from api_caller import Caller

from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.methods import media

KINDS = ("photo", "voice", "audio", "video", "video_note", "animation", "sticker", "document", "location", "contact")


async def upload(bot: Caller, method: str, field: str, content: bytes, **fields: str) -> tuple[int, dict]:
    form = aiohttp.FormData({**fields})
    form.add_field(field, content, filename="berkas.bin")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/{method}", data=form) as response:
        return response.status, await response.json()


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_that_a_person_sends_arrives_as_itself(bot: Caller, rani: Phone, kind: str) -> None:
    await bot.ok("getUpdates", offset=-1)
    await rani.send(kind)
    message = (await bot.ok("getUpdates", offset=-1))[0]["message"]
    assert kind in message
    assert "text" not in message


async def test_a_persons_file_can_be_fetched_and_sent_on(bot: Caller, rani: Phone) -> None:
    await rani.send("document", caption="tugas #kuliah")
    message = (await bot.ok("getUpdates", offset=-1))[0]["message"]
    assert message["caption_entities"] == [{"type": "hashtag", "offset": 6, "length": 7}]
    told = await bot.ok("getFile", file_id=message["document"]["file_id"])
    async with bot.session.get(f"{bot.url}/file/bot{bot.token}/{told['file_path']}") as response:
        content = await response.read()
    assert (content[:5], len(content)) == (b"%PDF-", told["file_size"])
    sent = await bot.ok("sendDocument", chat_id=rani.user, document=message["document"]["file_id"])
    assert sent["document"]["file_unique_id"] == message["document"]["file_unique_id"]


async def test_a_file_id_is_worth_nothing_to_another_bot(
    bot: Caller, staff_bot: Caller, rani: Phone, world: SandboxClient
) -> None:
    await rani.send("photo")
    photo = (await bot.ok("getUpdates", offset=-1))[0]["message"]["photo"][-1]
    dimas = await world.phone("Dimas", "petugas_bot")
    await dimas.say("/start")
    assert await staff_bot.refused("sendPhoto", chat_id=dimas.user, photo=photo["file_id"]) == (
        "400 Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await staff_bot.refused("getFile", file_id=photo["file_id"]) == "400 Bad Request: invalid file_id"


async def test_a_file_id_of_one_kind_is_not_another(bot: Caller, rani: Phone) -> None:
    await rani.send("photo")
    photo = (await bot.ok("getUpdates", offset=-1))[0]["message"]["photo"][-1]["file_id"]
    assert "400" in await bot.refused("sendVoice", chat_id=rani.user, voice=photo)


async def test_an_upload_arrives_by_field_and_by_attachment_name(bot: Caller, rani: Phone) -> None:
    status, body = await upload(bot, "sendDocument", "document", b"isi", chat_id=str(rani.user), caption="c")
    assert (status, body["result"]["document"]["file_name"], body["result"]["caption"]) == (200, "berkas.bin", "c")
    status, body = await upload(bot, "sendDocument", "x1", b"isi", chat_id=str(rani.user), document="attach://x1")
    assert (status, body["result"]["document"]["file_size"]) == (200, 3)


async def test_an_empty_and_a_missing_file_are_refused(bot: Caller, rani: Phone) -> None:
    status, body = await upload(bot, "sendDocument", "document", b"", chat_id=str(rani.user))
    assert (status, body["description"]) == (400, "Bad Request: file must be non-empty")
    assert await bot.refused("sendPhoto", chat_id=rani.user) == "400 Bad Request: there is no photo in the request"


async def test_a_file_that_is_too_large_is_refused(bot: Caller, rani: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "MAX_PHOTO", 10)
    status, body = await upload(bot, "sendPhoto", "photo", b"x" * 11, chat_id=str(rani.user))
    assert (status, body["description"]) == (413, "Request Entity Too Large")
    monkeypatch.setattr(media, "MAX_DOWNLOAD", 2)
    _, body = await upload(bot, "sendDocument", "document", b"isi", chat_id=str(rani.user))
    assert await bot.refused("getFile", file_id=body["result"]["document"]["file_id"]) == (
        "400 Bad Request: file is too big"
    )


async def test_a_caption_has_at_most_1024_characters(bot: Caller, rani: Phone) -> None:
    status, body = await upload(bot, "sendPhoto", "photo", b"x", chat_id=str(rani.user), caption="a" * 1025)
    assert (status, body["description"]) == (400, "Bad Request: message caption is too long")


async def test_a_place_and_a_contact_can_be_sent(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendLocation", chat_id=rani.user, latitude="-6.3", longitude=106.8)
    assert sent["location"] == {"latitude": -6.3, "longitude": 106.8}
    assert "400" in await bot.refused("sendLocation", chat_id=rani.user, latitude=91, longitude=0)
    await bot.ok("sendContact", chat_id=rani.user, phone_number="119", first_name="Darurat")
    assert "400" in await bot.refused("sendContact", chat_id=rani.user, first_name="Darurat")


async def test_a_form_may_carry_structures_as_json_in_text(bot: Caller, rani: Phone) -> None:
    markup = json.dumps({"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]})
    fields = {"chat_id": str(rani.user), "text": "x", "reply_markup": markup}
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendMessage", data=fields) as response:
        assert response.status == 200
    assert (await rani.wait_for("x")).labels == ["Ya"]
