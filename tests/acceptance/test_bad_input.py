"""Whatever comes in, nothing stops and nothing is lost: each has a clear answer or a clear line in the log."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cast import Cast
from deployment import QUICK_DRIVER, STAFF, STUDENT, Deployment, until
from persons import Person, begins_a_talk, consents
from running import Running

Json = dict[str, Any]
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    made = Deployment(tmp_path_factory.mktemp("bad-input"), telegram__driver=QUICK_DRIVER)
    try:
        made.run()
        yield made
    finally:
        made.stop()


@pytest.fixture
def bot(deployment: Deployment) -> Running:
    """The one that `deployment` started last."""
    return deployment.running[-1]


MALFORMED: list[Json] = [
    {"message": "no message at all"},
    {"message": {"chat": {}, "text": 5}},
    {"message": {"message_id": "x", "from": [], "chat": {"id": 1, "type": "private"}}},
    {"callback_query": {"id": 5}},
    {"callback_query": {"id": "1", "from": {"id": "me"}, "data": None}},
    {"my_chat_member": {"chat": {"type": "private"}}},
    {"edited_message": None},
]
OF_NO_INTEREST: list[Json] = [
    {},
    {"a_kind_of_next_year": {"id": 1}},
    {"channel_post": {"message_id": 1, "chat": {"id": -100, "type": "channel"}, "text": "x"}},
    {"message": {"message_id": 1, "chat": {"id": -5, "type": "group"}, "from": {"id": 7}, "text": "x"}},
]


async def test_updates_that_are_malformed_or_unknown_stop_nothing(
    deployment: Deployment, cast: Cast, bot: Running
) -> None:
    for number in (STUDENT, STAFF):
        for update in (*MALFORMED, *OF_NO_INTEREST):
            await cast.world.inject(f"bot{number}_bot", update)
    student = await cast.student("Rani")
    await student.says("/help")
    await student.sees("start.help")

    async def all_are_taken() -> bool:
        return all(one["waiting_updates"] == 0 for one in await cast.world.bots())

    await until(all_are_taken)
    assert any("malformed" in event["event"] for event in bot.events())
    assert not any(event["level"] == "error" for event in bot.events())


async def test_an_unknown_button_is_answered_kindly(cast: Cast) -> None:
    student = await cast.student("Rani")
    await consents(student)
    seen = await student.phone.wait_for(student.wording.question("check-in", "mood"))
    for token in ("nonsense", "x" * 64, "🙃"):
        assert (await student.phone.press(token, seen)).answered
        await student.sees("stale.button")
    await student.chooses("check-in", "mood", "🙁")


async def test_a_pressed_button_without_its_message_is_answered(cast: Cast) -> None:
    student = await cast.student("Rani")
    await student.says("/start")
    person = {"id": student.phone.user, "is_bot": False, "first_name": "Rani"}
    await cast.world.inject(student.phone.bot, {"callback_query": {"id": "77", "from": person, "data": "gone"}})
    await student.sees("stale.button")


def injected(student: Person, **content: Any) -> Json:
    """A message as no phone would send it."""
    person = {"id": student.phone.user, "is_bot": False, "first_name": "Rani", "language_code": "id"}
    chat = {"id": student.phone.user, "type": "private", "first_name": "Rani"}
    number = 900_000 + next(NUMBERS)
    return {"message": {"message_id": number, "date": int(time.time()), "from": person, "chat": chat, **content}}


async def test_texts_too_long_empty_or_of_nothing_visible_harm_no_talk(cast: Cast) -> None:
    supporter, student = await cast.supporter("Dimas"), await cast.student("Rani")
    await begins_a_talk(student, supporter)
    for text in ("", " ", "\u200b\u200e\u2060", "\x00\x01\x02", "\n\n\n"):
        await cast.world.inject(student.phone.bot, injected(student, text=text))
    long = "kata " * 4000
    await cast.world.inject(student.phone.bot, injected(student, text=long))
    await student.says("masih di sini")
    await supporter.reads("masih di sini")
    read = "".join(one.text for one in await supporter.phone.messages() if one.by == "bot")
    assert read.count("kata") == 4000, "nothing of a long text is lost"


async def test_what_people_send_besides_texts_gets_an_answer(cast: Cast) -> None:
    supporter, student = await cast.supporter("Dimas"), await cast.student("Rani")
    await begins_a_talk(student, supporter)
    for kind in ("voice", "photo", "sticker", "document", "location", "contact", "poll", "dice"):
        await student.phone.send(kind)
        await student.sees("media.not_relayed")
    await student.says("tulisan saja")
    await supporter.reads("tulisan saja")
    assert all(one.kind == "text" for one in await supporter.phone.messages())


async def test_commands_with_wrong_words_or_for_others_get_an_answer(cast: Cast) -> None:
    student, supporter = await cast.student("Rani"), await cast.supporter("Dimas")
    for command, *answers in (
        ("/nonsense", "command.unknown_student"),
        ("/stop now please", "stop.nothing"),
        ("/queue", "command.unknown_student"),
        ("/language klingon", "start.choose_language"),
    ):
        await student.says(command)
        await student.is_told(*answers)
    for command, *answers in (
        ("/nonsense", "command.unknown_staff"),
        ("/duty perhaps", "duty.is_on"),
        ("/queue", "staff.not_allowed"),
        ("/note", "case.none_open", "case.note_empty"),
        ("/close 5", "case.none_open"),
        ("/start WRONGCODE", "staff.invite_unknown", "staff.greeting_on_duty"),
    ):
        await supporter.says(command)
        await supporter.is_told(*answers)
