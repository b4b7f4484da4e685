"""Looking for updates: what is not acknowledged comes again, whatever happens to the look or to the bot."""

from __future__ import annotations

import asyncio

import pytest
from scripted_api import CUT, HANG, Answer, ScriptedApi, Seen
from telegram_updates import message

from bot.runtime.platform import TryLater


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
