"""What people do on their phones comes in as events, in both modes, and what they sent goes on to others."""

from __future__ import annotations

import json

import pytest
from telegram_bots import STAFF_TOKEN, person_of
from two_bots import at
from ways_in import Inbox

from bot.model.event import ButtonPressed, CommandGiven, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.model.outgoing import AnswerPress, Button, EditText, SendMedia, SendText
from bot.platforms import create
from bot.platforms.telegram.wire import Form
from bot.runtime.platform import GivenUp
from bot.sandbox.client import Phone
from bot.sandbox.server import SandboxServer

WAIT_S = 5.0


async def test_what_a_person_does_comes_in_in_order(inbox: Inbox, siti: Phone) -> None:
    first = await siti.say("/start abc")
    said = await siti.say("halo", reply_to=first)
    await siti.edit(said, "halo!")
    await siti.say("/help@siswa_bot sekarang")
    await siti.block()
    await siti.unblock()
    arrivals = await inbox.next(6)
    assert [arrival.event.body for arrival in arrivals] == [
        CommandGiven("start", "abc", str(first.id)),
        TextSaid("halo", str(said.id), reply_to=str(first.id)),
        TextSaid("halo!", str(said.id), reply_to=str(first.id), edited=True),
        CommandGiven("help", "sekarang", str(said.id + 1)),
        ReachChanged(reachable=False),
        ReachChanged(reachable=True),
    ]
    event = arrivals[0].event
    assert (event.language, event.name, event.address) == ("id", "Siti", at(siti, "student"))
    assert event.person == person_of("telegram", str(siti.user))


SAMPLES = {kind: MediaKind(kind) for kind in ("photo", "voice", "audio", "video", "video_note", "animation", "sticker")}
SAMPLES |= {kind: MediaKind(kind) for kind in ("document", "location", "contact")}
SAMPLES |= {"venue": MediaKind.LOCATION, "poll": MediaKind.OTHER, "dice": MediaKind.OTHER}


@pytest.mark.parametrize("sample", SAMPLES)
async def test_every_kind_of_media_comes_in_and_goes_on_to_the_other_bot(
    platform, inbox: Inbox, siti: Phone, dewi: Phone, sample: str
) -> None:
    await siti.say("/start")
    sent = await siti.send(sample)
    body = (await inbox.next(2))[-1].event.body
    assert isinstance(body, MediaSent)
    assert (body.kind, body.message) == (SAMPLES[sample], str(sent.id))
    passing = SendMedia(body.kind, "student", body.file)
    if body.kind is MediaKind.OTHER:
        with pytest.raises(GivenUp):
            await platform.send(at(dewi, "staff"), passing)
        return
    await platform.send(at(dewi, "staff"), passing)
    await platform.send(at(siti, "student"), passing)
    for phone in (dewi, siti):
        last = await phone.last()
        assert last is not None
        assert last.kind == body.kind


async def test_a_button_goes_round(platform, inbox: Inbox, siti: Phone) -> None:
    await siti.say("/start")
    keyboard = ((Button("Ya", "tok-1"), Button("Telepon", url="tel:119"), Button("Web", url="https://example.org/a")),)
    sent = await platform.send(at(siti, "student"), SendText("<b>Siap?</b> *ya* _tidak_", keyboard))
    seen = await siti.wait_for("<b>Siap?</b> *ya* _tidak_", button="Ya")
    assert seen.labels == ["Ya", "Web"]
    assert not [entity for entity in seen.entities if entity["type"] in {"bold", "italic"}]
    await siti.press("Ya", wait=0)
    body = (await inbox.next(2))[-1].event.body
    assert isinstance(body, ButtonPressed)
    assert (body.token, body.message) == ("tok-1", sent.messages[0])
    await platform.send(at(siti, "student"), AnswerPress(body.press, "Baik"))
    await platform.send(at(siti, "student"), AnswerPress("12345", "press that nobody knows"))
    await platform.send(at(siti, "student"), EditText("r", "Sudah"), sent.messages[0])
    await platform.send(at(siti, "student"), EditText("r", "Sudah"), sent.messages[0])
    assert (await siti.wait_for("Sudah")).labels == []


async def test_a_topic_is_written_to_and_heard_from(platform, inbox, sandbox: SandboxServer, dewi: Phone) -> None:
    made = Form({"chat_id": str(dewi.user), "name": "Kasus"})
    wire = create("python-telegram-bot", {"staff": STAFF_TOKEN}, sandbox.url, person_of, {"staff": None}, int)._wire
    await wire.open()
    topic = json.loads((await wire.call("staff", "createForumTopic", made, WAIT_S)).body)["result"]["message_thread_id"]
    await wire.close()
    await platform.send(at(dewi, "staff", str(topic)), SendText("Kasus baru"))
    assert (await dewi.wait_for("Kasus baru")).thread == topic
    await dewi.say("saya ambil", thread=topic)
    event = (await inbox.next(2, "staff"))[-1].event
    assert event.address == at(dewi, "staff", str(topic))
    assert isinstance(event.body, TextSaid)
    assert event.body.reply_to == ""


async def test_two_bots_hear_their_own_people_only(inbox: Inbox, siti: Phone, dewi: Phone) -> None:
    await siti.say("dari siswa")
    await dewi.say("dari staf")
    [from_student] = await inbox.next(1)
    from_staff = (await inbox.next(2, "staff"))[-1]
    assert from_student.event.body == TextSaid("dari siswa", from_student.event.body.message)
    assert from_staff.event.body == TextSaid("dari staf", from_staff.event.body.message)
    assert (from_student.event.address.bot, from_staff.event.address.bot) == ("student", "staff")
