"""Every kind of update is the same event, whichever driver reads it, looked for or posted to the webhook."""

from __future__ import annotations

import pytest
from telegram_bots import NOW, person_of
from telegram_updates import edited, membership, message, press
from ways_in import Scripted

from bot.model.address import Address, Side
from bot.model.event import ButtonPressed, CommandGiven, Event, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.runtime.platform import Arrival

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
    "reply with a command to words": (
        message(
            text="/missed", reply_to_message={"message_id": 4, "text": "A:\nhm"}, quote={"text": "hm", "position": 3}
        ),
        CommandGiven("missed", "", "10", reply_to="4", replied="A:\nhm", quoted="hm"),
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
async def test_every_kind_of_update_is_its_event(way: Scripted, kind: str) -> None:
    update, body = KINDS[kind]
    batch = await way.bring({"update_id": 500, **update})
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


async def test_a_message_in_a_topic_names_its_thread(way: Scripted) -> None:
    opening = {"message_id": 3, "forum_topic_created": {"name": "Kasus"}}
    in_topic = {"message_thread_id": 3, "is_topic_message": True}
    batch = await way.bring(
        {"update_id": 1, **message(text="a", reply_to_message=opening, **in_topic)},
        {"update_id": 2, **press(data="t", extra=in_topic)},
        {"update_id": 3, **message(text="b", message_thread_id=3)},
    )
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
async def test_what_means_nothing_to_us_is_ignored_by_name_and_acknowledged(way: Scripted, reason: str) -> None:
    batch = await way.bring({"update_id": 9, **IGNORED[reason]})
    assert (batch.arrivals, batch.ignored, batch.malformed, batch.cursor) == ((), {reason: 1}, 0, "10")


async def test_a_kind_of_update_of_the_future_is_ignored_and_acknowledged(way: Scripted) -> None:
    unheard_of = {"from": {"id": 7}, "chat": {"id": 7, "type": "private"}, "text": "a"}
    batch = await way.bring({"update_id": 9, "telepathy": unheard_of})
    assert (batch.arrivals, batch.ignored, batch.cursor) == ((), {"kind": 1}, "10")


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


async def test_malformed_updates_are_counted_and_stop_nothing(way: Scripted) -> None:
    updates: list[object] = [{"update_id": 100 + index, **broken} for index, broken in enumerate(MALFORMED)]
    updates += [7, None, [], {"no": "number"}, {"update_id": True}, {"update_id": 300, **message(text="masih ada")}]
    batch = await way.bring(*updates)
    assert [arrival.event.body for arrival in batch.arrivals] == [TextSaid("masih ada", "10")]
    assert batch.malformed == len(updates) - 1
    assert batch.cursor == "301"


async def test_a_torn_character_in_one_message_does_not_hold_up_the_others(way: Scripted) -> None:
    batch = await way.bring({"update_id": 1, **message(text="a\ud83d")}, {"update_id": 2, **message(text="b")})
    assert [arrival.event.body for arrival in batch.arrivals] == [TextSaid("a\ufffd", "10"), TextSaid("b", "10")]
