"""Every kind of message is taken by a strict server, and a phone shows what was meant."""

from __future__ import annotations

import pytest
from telegram_bots import NOW, person_of
from two_bots import at

from bot.model.address import Address
from bot.model.outgoing import (
    Button,
    DeleteMessage,
    EditText,
    Failure,
    Mark,
    SendFile,
    SendText,
    ShowMark,
    ShowTyping,
)
from bot.platforms import create
from bot.runtime.platform import GivenUp, Menu, TryLater, Unauthorized
from bot.sandbox.client import Phone, SandboxClient
from bot.sandbox.server import SandboxServer


@pytest.mark.parametrize("address", ["https://", "http://no dots", "https://example.org:99999"])
async def test_a_button_with_a_broken_address_does_not_stop_the_words(platform, siti: Phone, address: str) -> None:
    await siti.say("/start")
    keyboard = ((Button("Web", url=address), Button("Ya", "t")),)
    await platform.send(at(siti, "student"), SendText("Bantuan", keyboard))
    assert (await siti.wait_for("Bantuan")).labels == ["Ya"]


async def test_marks_are_reactions_on_the_persons_message(platform, siti: Phone) -> None:
    said = await siti.say("halo")
    for mark, emoji in ((Mark.WAITING, "👀"), (Mark.DELIVERED, "👌"), (Mark.FAILED, "💔")):
        await platform.send(at(siti, "student"), ShowMark(str(said.id), mark))
        await siti.wait_for_mark(said, emoji)


async def test_typing_is_shown(platform, world: SandboxClient, siti: Phone) -> None:
    await siti.say("/start")
    await platform.send(at(siti, "student"), ShowTyping())
    change = await world.wait_for_change(lambda one: one["type"] == "typing")
    assert (change["user"], change["action"]) == (siti.user, "typing")


async def test_a_file_arrives_with_its_name_and_words(platform, siti: Phone) -> None:
    await siti.say("/start")
    await platform.send(at(siti, "student"), SendFile("data.json", b'{"a": 1}', "Data"))
    seen = await siti.wait_for("Data", where=lambda one: one.kind == "document")
    assert seen.content["document"]["file_name"] == "data.json"


async def test_the_longest_texts_are_taken_in_parts(platform, siti: Phone) -> None:
    await siti.say("/start")
    text = "😀" * 5000
    await platform.send(at(siti, "student"), SendText(text))
    shown = [message.text for message in await siti.messages() if message.by == "bot"]
    assert "".join(shown) == text


async def test_an_answer_hangs_on_the_persons_message_until_that_is_gone(platform, siti: Phone) -> None:
    said = await siti.say("halo")
    await platform.send(at(siti, "student"), SendText("halo juga", reply_to=str(said.id)))
    assert (await siti.wait_for("halo juga")).reply_to == said.id
    await siti.delete(said)
    await platform.send(at(siti, "student"), SendText("masih di sini", reply_to=str(said.id)))
    assert (await siti.wait_for("masih di sini")).reply_to == 0


async def test_what_is_taken_back_is_gone_from_the_phone_and_an_edit_of_it_is_a_new_message(
    platform, siti: Phone
) -> None:
    await siti.say("/start")
    sent = await platform.send(at(siti, "student"), SendText("salah kirim"))
    for _ in range(2):
        await platform.send(at(siti, "student"), DeleteMessage("r"), sent.messages[0])
    assert "salah kirim" not in [message.text for message in await siti.messages()]
    again = await platform.send(at(siti, "student"), EditText("r", "yang benar"), sent.messages[0])
    assert again.messages != sent.messages
    await siti.wait_for("yang benar")


async def test_after_two_days_a_message_can_no_longer_be_taken_back(platform, sandbox, siti: Phone) -> None:
    await siti.say("/start")
    sent = await platform.send(at(siti, "student"), SendText("lama"))
    for chat in sandbox.world.chats.values():
        for message in chat.messages.values():
            message.at_ms -= 49 * 60 * 60 * 1000
    with pytest.raises(GivenUp) as caught:
        await platform.send(at(siti, "student"), DeleteMessage("r"), sent.messages[0])
    assert caught.value.failure is Failure.GONE
    assert "lama" in [message.text for message in await siti.messages()]


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


async def test_the_menu_is_shown_in_the_persons_language(platform, siti: Phone) -> None:
    menus = (Menu(None, "", (("start", "Start"),)), Menu(None, "id", (("start", "Mulai"),)))
    await platform.prepare("student", menus)
    assert await siti.commands() == [("start", "Mulai")]


async def test_a_rate_limit_is_named_with_its_wait(platform, world: SandboxClient, siti: Phone) -> None:
    await siti.say("/start")
    await world.limits(on=True, burst=1)
    await platform.send(at(siti, "student"), SendText("a"))
    with pytest.raises(TryLater) as caught:
        await platform.send(at(siti, "student"), SendText("b"))
    assert caught.value.after_ms == 1_000


@pytest.mark.parametrize("kind", ["500", "502", "nonsense", "drop-before", "drop-after"])
async def test_what_fails_in_passing_arrives_at_the_next_attempt(
    platform, world: SandboxClient, siti: Phone, kind: str
) -> None:
    await siti.say("/start")
    await world.fault(kind, "sendMessage")
    with pytest.raises(TryLater):
        await platform.send(at(siti, "student"), SendText("jangan hilang"))
    await platform.send(at(siti, "student"), SendText("jangan hilang"))
    await siti.wait_for("jangan hilang")


async def test_an_unknown_token_is_unauthorized(driver: str, sandbox: SandboxServer) -> None:
    stranger = create(driver, {"student": "77:wrong"}, sandbox.url, person_of, {"student": None}, lambda: NOW)
    await stranger.open()
    with pytest.raises(Unauthorized):
        await stranger.prepare("student", ())
    await stranger.close()
