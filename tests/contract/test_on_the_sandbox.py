"""The same promises against a Bot API server as strict as Telegram's published rules, with people at its phones."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram_bots import NOW, STAFF_TOKEN, STUDENT_TOKEN, person_of

from bot.model.address import Address, Side
from bot.model.event import ButtonPressed, CommandGiven, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.model.outgoing import (
    AnswerPress,
    Button,
    EditText,
    Failure,
    Mark,
    SendFile,
    SendMedia,
    SendText,
    ShowMark,
    ShowTyping,
)
from bot.platforms import create
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.updates import Origin
from bot.platforms.telegram.webhook import SECRET_HEADER, Webhook, path_of, read_body
from bot.platforms.telegram.wire import Form
from bot.runtime.platform import Batch, Crowded, GivenUp, Menu, TryLater, Unauthorized
from bot.sandbox.accounts import BotAccount
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer

STUDENT_BOT, STAFF_BOT = "siswa_bot", "staf_bot"
WAIT_S = 5.0


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    accounts = (
        BotAccount(STUDENT_TOKEN, STUDENT_BOT, "Sebaya"),
        BotAccount(STAFF_TOKEN, STAFF_BOT, "Staf", topics=True),
    )
    server = SandboxServer(accounts, first_retry_s=0.05)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def world(sandbox: SandboxServer) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.url) as client:
        yield client


@pytest.fixture
async def platform(driver: str, sandbox: SandboxServer) -> AsyncIterator[TelegramPlatform]:
    made = platform_for(driver, sandbox)
    await made.open()
    for bot in ("student", "staff"):
        await made.prepare(bot, ())
    yield made
    await made.close()


def platform_for(driver: str, sandbox: SandboxServer, webhook: Webhook | None = None) -> TelegramPlatform:
    tokens = {"student": STUDENT_TOKEN, "staff": STAFF_TOKEN}
    sides = {"student": Side.STUDENT, "staff": Side.STAFF}
    return create(driver, tokens, sandbox.url, person_of, sides, lambda: NOW, webhook)


@pytest.fixture
async def siti(world: SandboxClient) -> Phone:
    return await world.phone("Siti", STUDENT_BOT, language="id-ID")


@pytest.fixture
async def dewi(world: SandboxClient) -> Phone:
    """A counselor, who has written to her bot."""
    phone = await world.phone("Dewi", STAFF_BOT)
    await phone.say("/start")
    return phone


async def look(platform: TelegramPlatform, bot: str = "student", cursor: str = "") -> Batch:
    return await platform.receive(bot, cursor, WAIT_S)


def at(phone: Phone, bot: str, thread: str = "") -> Address:
    return Address("telegram", bot, str(phone.user), thread)


async def test_what_a_person_does_comes_in_in_order(platform, siti: Phone) -> None:
    first = await siti.say("/start abc")
    said = await siti.say("halo", reply_to=first)
    await siti.edit(said, "halo!")
    await siti.block()
    await siti.unblock()
    batch = await look(platform)
    assert [arrival.event.body for arrival in batch.arrivals] == [
        CommandGiven("start", "abc", str(first.id)),
        TextSaid("halo", str(said.id), reply_to=str(first.id)),
        TextSaid("halo!", str(said.id), reply_to=str(first.id), edited=True),
        ReachChanged(reachable=False),
        ReachChanged(reachable=True),
    ]
    event = batch.arrivals[0].event
    assert (event.language, event.name, event.address) == ("id", "Siti", at(siti, "student"))


SAMPLES = {kind: MediaKind(kind) for kind in ("photo", "voice", "audio", "video", "video_note", "animation", "sticker")}
SAMPLES |= {kind: MediaKind(kind) for kind in ("document", "location", "contact")}
SAMPLES |= {"venue": MediaKind.LOCATION, "poll": MediaKind.OTHER, "dice": MediaKind.OTHER}


@pytest.mark.parametrize("sample", SAMPLES)
async def test_every_kind_of_media_comes_in_and_goes_on_to_the_other_bot(platform, siti, dewi, sample: str) -> None:
    await siti.say("/start")
    sent = await siti.send(sample)
    batch = await look(platform)
    body = batch.arrivals[-1].event.body
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


async def test_a_button_goes_round(platform, siti: Phone) -> None:
    await siti.say("/start")
    keyboard = ((Button("Ya", "tok-1"), Button("Telepon", url="tel:119"), Button("Web", url="https://example.org/a")),)
    sent = await platform.send(at(siti, "student"), SendText("<b>Siap?</b> *ya* _tidak_", keyboard))
    seen = await siti.wait_for("<b>Siap?</b> *ya* _tidak_", button="Ya")
    assert seen.labels == ["Ya", "Web"]
    assert not [entity for entity in seen.entities if entity["type"] in {"bold", "italic"}]
    await siti.press("Ya", wait=0)
    body = (await look(platform)).arrivals[-1].event.body
    assert isinstance(body, ButtonPressed)
    assert (body.token, body.message) == ("tok-1", sent.messages[0])
    await platform.send(at(siti, "student"), AnswerPress(body.press, "Baik"))
    await platform.send(at(siti, "student"), AnswerPress("12345", "press that nobody knows"))
    await platform.send(at(siti, "student"), EditText("r", "Sudah"), sent.messages[0])
    await platform.send(at(siti, "student"), EditText("r", "Sudah"), sent.messages[0])
    assert (await siti.wait_for("Sudah")).labels == []


@pytest.mark.parametrize("address", ["https://", "http://no dots", "https://example.org:99999"])
async def test_a_button_with_a_broken_address_does_not_stop_the_words(platform, siti: Phone, address: str) -> None:
    await siti.say("/start")
    keyboard = ((Button("Web", url=address), Button("Ya", "t")),)
    await platform.send(at(siti, "student"), SendText("Bantuan", keyboard))
    assert (await siti.wait_for("Bantuan")).labels == ["Ya"]


async def test_marks_typing_and_files_are_taken(platform, siti: Phone) -> None:
    said = await siti.say("halo")
    for mark, emoji in ((Mark.WAITING, "👀"), (Mark.DELIVERED, "👌"), (Mark.FAILED, "💔")):
        await platform.send(at(siti, "student"), ShowMark(str(said.id), mark))
        await siti.wait_for_mark(said, emoji)
    await platform.send(at(siti, "student"), ShowTyping())
    await platform.send(at(siti, "student"), SendFile("data.json", b'{"a": 1}', "Data"))
    seen = await siti.wait_for(kind="document")
    assert seen.content["document"]["file_name"] == "data.json"


async def test_the_longest_texts_are_taken_in_parts(platform, siti: Phone) -> None:
    await siti.say("/start")
    text = "😀" * 5000
    await platform.send(at(siti, "student"), SendText(text))
    shown = [message.text for message in await siti.messages() if message.by == "bot"]
    assert "".join(shown) == text


async def test_what_never_started_or_blocked_the_bot_is_given_up(platform, siti: Phone) -> None:
    with pytest.raises(GivenUp):
        await platform.send(at(siti, "student"), SendText("a"))
    await siti.say("/start")
    await siti.block()
    with pytest.raises(GivenUp) as caught:
        await platform.send(at(siti, "student"), SendText("a"))
    assert caught.value.failure is Failure.BLOCKED
    with pytest.raises(GivenUp) as caught:
        await platform.send(Address("telegram", "student", "999999"), SendText("a"))
    assert caught.value.failure is Failure.GONE


async def test_what_a_vanished_topic_would_swallow_arrives_in_the_main_chat(platform, dewi: Phone) -> None:
    await platform.send(at(dewi, "staff", "424242"), SendText("Kasus baru"))
    assert (await dewi.wait_for("Kasus baru")).thread == 0


async def test_a_topic_is_written_to_and_heard_from(platform, sandbox: SandboxServer, dewi: Phone) -> None:
    made = Form({"chat_id": str(dewi.user), "name": "Kasus"})
    wire = create("python-telegram-bot", {"staff": STAFF_TOKEN}, sandbox.url, person_of, {"staff": None}, int)._wire
    await wire.open()
    topic = json.loads((await wire.call("staff", "createForumTopic", made, WAIT_S)).body)["result"]["message_thread_id"]
    await wire.close()
    await platform.send(at(dewi, "staff", str(topic)), SendText("Kasus baru"))
    assert (await dewi.wait_for("Kasus baru")).thread == topic
    await dewi.say("saya ambil", thread=topic)
    event = (await look(platform, "staff")).arrivals[-1].event
    assert event.address == at(dewi, "staff", str(topic))
    assert isinstance(event.body, TextSaid)
    assert event.body.reply_to == ""


async def test_the_menu_is_shown_in_the_persons_language(platform, siti: Phone) -> None:
    menus = (Menu(None, "", (("start", "Start"),)), Menu(None, "id", (("start", "Mulai"),)))
    await platform.prepare("student", menus)
    assert await siti.commands() == [("start", "Mulai")]


@pytest.mark.parametrize("kind", ["500", "502", "nonsense", "drop-before", "drop-after"])
async def test_nothing_is_lost_by_troubles_while_looking(
    platform, siti: Phone, world: SandboxClient, kind: str
) -> None:
    await siti.say("satu")
    batch = await look(platform)
    await siti.say("dua")
    await world.fault(kind, "getUpdates")
    with pytest.raises(TryLater):
        await look(platform, cursor=batch.cursor)
    again = await look(platform, cursor=batch.cursor)
    assert [arrival.event.body.text for arrival in again.arrivals] == ["dua"]


async def test_after_a_crash_what_was_not_acknowledged_comes_again(platform, driver, sandbox, siti: Phone) -> None:
    await siti.say("satu")
    before = await look(platform)
    await platform.close()
    born_again = platform_for(driver, sandbox)
    await born_again.open()
    after = await look(born_again)
    await born_again.close()
    assert [arrival.key for arrival in after.arrivals] == [arrival.key for arrival in before.arrivals]


@pytest.mark.parametrize(("kind", "error"), [("401", Unauthorized), ("409", Crowded), ("429", TryLater)])
async def test_what_telegram_says_to_a_look_has_a_name(platform, world, siti, kind: str, error) -> None:
    await world.fault(kind, "getUpdates")
    with pytest.raises(error):
        await look(platform)


async def test_an_unknown_token_is_unauthorized(driver: str, sandbox: SandboxServer) -> None:
    stranger = create(driver, {"student": "77:wrong"}, sandbox.url, person_of, {"student": None}, lambda: NOW)
    await stranger.open()
    with pytest.raises(Unauthorized):
        await stranger.prepare("student", ())
    await stranger.close()


async def test_a_rate_limit_is_named_with_its_wait(platform, world: SandboxClient, siti: Phone) -> None:
    await siti.say("/start")
    await world.limits(on=True, burst=1)
    await platform.send(at(siti, "student"), SendText("a"))
    with pytest.raises(TryLater) as caught:
        await platform.send(at(siti, "student"), SendText("b"))
    assert caught.value.after_ms == 1_000


async def test_a_webhook_brings_the_same_events_with_the_secret(
    driver: str, sandbox: SandboxServer, siti: Phone
) -> None:
    got: list[Batch] = []

    async def take(request: web.Request) -> web.Response:
        assert hook.is_from_telegram(request.headers.get(SECRET_HEADER))
        got.append(read_body(await request.read(), Origin("student", Side.STUDENT, NOW, person_of)))
        return web.Response()

    app = web.Application()
    app.router.add_post(path_of("student"), take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook = Webhook(f"http://127.0.0.1:{runner.addresses[0][1]}", "s3cret")
    platform = platform_for(driver, sandbox, hook)
    await platform.open()
    try:
        await platform.prepare("student", ())
        said = await siti.say("halo")
        await siti.wait_until(lambda message: message.fetched)
        assert [arrival.event.body for batch in got for arrival in batch.arrivals] == [TextSaid("halo", str(said.id))]
        with pytest.raises(Crowded):
            await look(platform)
    finally:
        await platform.close()
        await runner.cleanup()
