"""Every kind of update comes in as the same event, whichever driver reads it, and none is lost on the way."""

from __future__ import annotations

import asyncio

import pytest
from scripted_api import CUT, HANG, Answer, ScriptedApi, Seen, ok
from telegram_bots import NOW, person_of
from telegram_updates import edited, membership, message, press

from bot.model.address import Address, Side
from bot.model.event import ButtonPressed, CommandGiven, Event, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.runtime.platform import Arrival, TryLater

KINDS = {
    "text": (message(text="Halo"), TextSaid("Halo", "10")),
    "control characters": (message(text="\u0000\u200e\u0007"), TextSaid("\u0000\u200e\u0007", "10")),
    "emoji": (message(text="😞👩‍👩‍👧"), TextSaid("😞👩‍👩‍👧", "10")),
    "markup": (
        message(text="<b>*a*</b>", entities=[{"type": "bold", "offset": 0, "length": 2}]),
        TextSaid("<b>*a*</b>", "10"),
    ),
    "edited": (edited(text="Halo!"), TextSaid("Halo!", "10", edited=True)),
    "command": (message(text="/Crisis"), CommandGiven("crisis", "", "10")),
    "command with words": (message(text="/duty  on \n"), CommandGiven("duty", "on", "10")),
    "command with bot name": (message(text="/help@sebaya_bot now"), CommandGiven("help", "now", "10")),
    "edited into a command": (edited(text="/stop"), TextSaid("/stop", "10", edited=True)),
    "deep link": (message(text="/start AbC_12-x"), CommandGiven("start", "AbC_12-x", "10")),
    "a path is no command": (message(text="/home/user"), TextSaid("/home/user", "10")),
    "reply": (
        message(text="ya", reply_to_message={"message_id": 4, "chat": {"id": 7}}),
        TextSaid("ya", "10", reply_to="4"),
    ),
    "reply with a command": (
        message(text="/note a", reply_to_message={"message_id": 4}),
        CommandGiven("note", "a", "10", reply_to="4"),
    ),
    "button": (press(data="tok"), ButtonPressed("tok", "900", "55")),
    "button without data": (press(game_short_name="g"), ButtonPressed("", "900", "55")),
    "button on a forgotten message": (press(message=None, data="tok"), ButtonPressed("tok", "900")),
    "voice": (message(voice={"file_id": "F"}), MediaSent(MediaKind.VOICE, "10", file="F")),
    "audio": (message(audio={"file_id": "F"}, caption="c"), MediaSent(MediaKind.AUDIO, "10", caption="c", file="F")),
    "photo": (
        message(photo=[{"file_id": "small"}, {"file_id": "big"}], caption="lihat"),
        MediaSent(MediaKind.PHOTO, "10", caption="lihat", file="big"),
    ),
    "edited photo": (
        edited(photo=[{"file_id": "big"}], caption="b"),
        MediaSent(MediaKind.PHOTO, "10", caption="b", file="big", edited=True),
    ),
    "video": (message(video={"file_id": "F"}), MediaSent(MediaKind.VIDEO, "10", file="F")),
    "video note": (message(video_note={"file_id": "F"}), MediaSent(MediaKind.VIDEO_NOTE, "10", file="F")),
    "animation": (
        message(animation={"file_id": "F"}, document={"file_id": "D"}),
        MediaSent(MediaKind.ANIMATION, "10", file="F"),
    ),
    "sticker": (message(sticker={"file_id": "F"}), MediaSent(MediaKind.STICKER, "10", file="F")),
    "document": (
        message(document={"file_id": "F", "file_name": "a.pdf"}),
        MediaSent(MediaKind.DOCUMENT, "10", file="F"),
    ),
    "location": (
        message(location={"latitude": -6.5, "longitude": 107, "live_period": 60}),
        MediaSent(MediaKind.LOCATION, "10", file='{"latitude":-6.5,"longitude":107}'),
    ),
    "venue": (
        message(venue={"title": "RS"}, location={"latitude": 1.5, "longitude": 2.5}),
        MediaSent(MediaKind.LOCATION, "10", file='{"latitude":1.5,"longitude":2.5}'),
    ),
    "contact": (
        message(contact={"phone_number": "+62", "first_name": "Ani", "user_id": 9}),
        MediaSent(MediaKind.CONTACT, "10", file='{"phone_number":"+62","first_name":"Ani"}'),
    ),
    "poll": (message(poll={"id": "1"}), MediaSent(MediaKind.OTHER, "10")),
    "dice": (message(dice={"value": 1}), MediaSent(MediaKind.OTHER, "10")),
    "a kind of the future": (message(hologram={"file_id": "F"}), MediaSent(MediaKind.OTHER, "10")),
    "blocked": (membership("kicked"), ReachChanged(reachable=False)),
    "back": (membership("member"), ReachChanged(reachable=True)),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_update_is_its_event(platform, api: ScriptedApi, kind: str) -> None:
    update, body = KINDS[kind]
    api.updates = [{"update_id": 500, **update}]
    batch = await platform.receive("student", "", 0)
    [arrival] = batch.arrivals
    assert arrival == Arrival(
        "student:500",
        Event(
            id="u:student:500",
            person=person_of("telegram", "7"),
            at=NOW,
            body=body,
            side=Side.STUDENT,
            address=Address("telegram", "student", "7"),
            language="id",
            name="Siti Aminah",
        ),
    )
    assert (batch.cursor, batch.ignored, batch.malformed) == ("501", {}, 0)


async def test_a_message_in_a_topic_names_its_thread(platform, api: ScriptedApi) -> None:
    opening = {"message_id": 3, "forum_topic_created": {"name": "Kasus"}}
    in_topic = {"message_thread_id": 3, "is_topic_message": True}
    api.updates = [
        {"update_id": 1, **message(text="a", reply_to_message=opening, **in_topic)},
        {"update_id": 2, **press(data="t", extra=in_topic)},
        {"update_id": 3, **message(text="b", message_thread_id=3)},
    ]
    batch = await platform.receive("student", "", 0)
    assert [arrival.event.address.thread for arrival in batch.arrivals] == ["3", "3", ""]
    assert batch.arrivals[0].event.body == TextSaid("a", "10")


IGNORED = {
    "group": message(text="a", chat={"id": -5, "type": "supergroup"}),
    "bot": message(text="a", sender={"id": 8, "is_bot": True, "first_name": "B"}),
    "service": message(pinned_message={"message_id": 1}),
    "channel": {"channel_post": {"message_id": 1, "chat": {"id": -9, "type": "channel"}, "text": "a"}},
    "kind": {"poll_answer": {"poll_id": "1"}},
}


@pytest.mark.parametrize("reason", IGNORED)
async def test_what_means_nothing_to_us_is_ignored_by_name_and_acknowledged(platform, api, reason: str) -> None:
    api.updates = [{"update_id": 9, **IGNORED[reason]}]
    batch = await platform.receive("student", "", 0)
    assert (batch.arrivals, batch.ignored, batch.malformed, batch.cursor) == ((), {reason: 1}, 0, "10")


MALFORMED = [
    {"message": None},
    {"message": "text"},
    {"message": {}},
    message(text=["a"]),
    message(text="a", message_id="ten"),
    message(text="a", chat={"type": "private"}),
    message(text="a", sender={"first_name": "no number"}),
    message(text="a", sender=None),
    {"callback_query": {"id": 1, "from": {"id": 7}}},
    {"my_chat_member": {"chat": {"id": 7, "type": "private"}, "from": {"id": 7}}},
]


async def test_malformed_updates_are_counted_and_stop_nothing(platform, api: ScriptedApi) -> None:
    updates: list[object] = [{"update_id": 100 + index, **broken} for index, broken in enumerate(MALFORMED)]
    updates += [7, None, [], {"no": "number"}, {"update_id": True}, {"update_id": 300, **message(text="masih ada")}]
    api.says("getUpdates", ok(updates))
    batch = await platform.receive("student", "", 0)
    assert [arrival.event.body for arrival in batch.arrivals] == [TextSaid("masih ada", "10")]
    assert batch.malformed == len(updates) - 1
    assert batch.cursor == "301"


async def test_a_torn_character_in_one_message_does_not_hold_up_the_others(platform, api: ScriptedApi) -> None:
    api.updates = [{"update_id": 1, **message(text="a\ud83d")}, {"update_id": 2, **message(text="b")}]
    batch = await platform.receive("student", "", 0)
    assert [arrival.event.body for arrival in batch.arrivals] == [TextSaid("a\ufffd", "10"), TextSaid("b", "10")]


async def test_updates_are_asked_for_again_until_the_cursor_acknowledges_them(platform, api: ScriptedApi) -> None:
    api.updates = [{"update_id": number, **message(text=str(number))} for number in range(1, 4)]
    first = await platform.receive("student", "", 0)
    after_a_crash = await platform.receive("student", "", 0)
    assert [arrival.key for arrival in after_a_crash.arrivals] == [arrival.key for arrival in first.arrivals]
    assert (await platform.receive("student", first.cursor, 0)).arrivals == ()
    assert api.updates == []


async def test_a_cut_connection_acknowledges_nothing(platform, api: ScriptedApi) -> None:
    api.updates = [{"update_id": 1, **message(text="a")}]
    api.says("getUpdates", CUT)
    with pytest.raises(TryLater):
        await platform.receive("student", "", 0)
    assert len((await platform.receive("student", "", 0)).arrivals) == 1


async def test_a_hundred_updates_come_in_one_look_and_the_rest_in_the_next(platform, api: ScriptedApi) -> None:
    api.updates = [{"update_id": number, **message(text=str(number))} for number in range(1, 151)]
    first = await platform.receive("student", "", 0)
    second = await platform.receive("student", first.cursor, 0)
    assert (len(first.arrivals), len(second.arrivals)) == (100, 50)


async def test_after_a_quiet_week_lower_numbers_are_seen_too(platform, api: ScriptedApi) -> None:
    api.updates = [{"update_id": 900, **message(text="a")}]
    first = await platform.receive("student", "", 0)
    quiet = await platform.receive("student", first.cursor, 0)
    api.updates = [{"update_id": 17, **message(text="b")}]
    assert len((await platform.receive("student", quiet.cursor, 0)).arrivals) == 1


async def test_a_look_asks_for_the_four_kinds_and_says_how_long_it_waits(platform, api: ScriptedApi) -> None:
    await platform.receive("student", "33", 0.4)
    [call] = api.calls("getUpdates")
    assert call.json("allowed_updates") == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert (call.fields["offset"], call.fields["timeout"], call.fields["limit"]) == ("33", "1", "100")


async def test_a_poll_may_be_left_while_it_waits(platform, api: ScriptedApi) -> None:
    arrived = asyncio.Event()

    def hang(_: Seen) -> Answer:
        arrived.set()
        return HANG

    api.says("getUpdates", hang)
    waiting = asyncio.create_task(platform.receive("student", "", 30))
    await arrived.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await platform.receive("student", "", 0)).arrivals == ()
