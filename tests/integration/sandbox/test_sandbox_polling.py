"""getUpdates keeps Telegram's promises: offsets confirm, polls wake, two pollers conflict."""

from __future__ import annotations

import asyncio

from api_caller import Caller

from bot.sandbox.client import Phone, SandboxClient


def texts(updates: list[dict]) -> list[str]:
    return [one["message"]["text"] for one in updates]


async def test_an_update_comes_again_until_a_higher_offset_confirms_it(bot: Caller, rani: Phone) -> None:
    await rani.say("satu")
    first = await bot.ok("getUpdates")
    again = await bot.ok("getUpdates")
    assert texts(first) == texts(again) == ["/start", "satu"]
    assert [one["update_id"] for one in first] == [first[0]["update_id"], first[0]["update_id"] + 1]

    assert texts(await bot.ok("getUpdates", offset=first[1]["update_id"])) == ["satu"]
    assert await bot.ok("getUpdates", offset=first[1]["update_id"] + 1) == []
    assert await bot.ok("getUpdates") == []


async def test_a_negative_offset_keeps_only_the_last(bot: Caller, rani: Phone) -> None:
    for text in ("a", "b", "c"):
        await rani.say(text)
    assert texts(await bot.ok("getUpdates", offset=-2)) == ["b", "c"]
    assert texts(await bot.ok("getUpdates")) == ["b", "c"]


async def test_the_limit_is_kept_between_1_and_100(bot: Caller, rani: Phone) -> None:
    for number in range(105):
        await rani.say(str(number))
    assert len(await bot.ok("getUpdates", limit=2)) == 2
    assert len(await bot.ok("getUpdates", limit=1000)) == 100
    assert len(await bot.ok("getUpdates", limit=0)) == 1


async def test_a_waiting_poll_wakes_at_once(bot: Caller, rani: Phone) -> None:
    offset = (await bot.ok("getUpdates"))[-1]["update_id"] + 1
    poll = asyncio.create_task(bot.ok("getUpdates", offset=offset, timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await rani.say("halo")
    async with asyncio.timeout(2):
        assert texts(await poll) == ["halo"]


async def test_a_poll_with_nothing_to_tell_ends_empty_when_its_time_is_over(bot: Caller) -> None:
    async with asyncio.timeout(5):
        assert await bot.ok("getUpdates", timeout=1) == []


async def test_a_second_poller_ends_the_first_with_409(bot: Caller, rani: Phone) -> None:
    offset = (await bot.ok("getUpdates"))[-1]["update_id"] + 1
    older = asyncio.create_task(bot.refused("getUpdates", offset=offset, timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.ok("getUpdates", offset=offset, timeout=30))
    assert await older == (
        "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await rani.say("halo")
    assert texts(await newer) == ["halo"]


async def test_polling_is_refused_while_a_webhook_is_set(bot: Caller) -> None:
    await bot.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await bot.refused("getUpdates") == (
        "409 Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await bot.ok("deleteWebhook")
    assert await bot.ok("getUpdates") == []


async def test_setting_a_webhook_ends_a_waiting_poll(bot: Caller) -> None:
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await bot.ok("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == "409 Conflict: terminated by setWebhook request"


async def test_only_the_kinds_that_the_bot_named_come_and_the_choice_stays(bot: Caller, rani: Phone) -> None:
    await bot.ok("getUpdates", offset=-1, allowed_updates=["edited_message"])
    said = await rani.say("salah")
    await rani.edit(said, "benar")
    updates = await bot.ok("getUpdates", offset=-1)
    assert [set(one) - {"update_id"} for one in updates] == [{"edited_message"}]
    await bot.ok("getUpdates", offset=-1, allowed_updates=[])
    await rani.say("lagi")
    assert texts(await bot.ok("getUpdates", offset=-1)) == ["lagi"]


async def test_reactions_come_only_to_a_bot_that_asks_for_them(bot: Caller, rani: Phone) -> None:
    said = await rani.say("halo")
    await bot.ok("getUpdates", offset=-1)
    await rani.react(said, "👍")
    assert texts(await bot.ok("getUpdates")) == ["halo"]
    await bot.ok("getUpdates", allowed_updates=["message", "message_reaction"])
    await rani.react(said, "🔥")
    found = (await bot.ok("getUpdates", offset=-1))[0]["message_reaction"]
    assert (found["old_reaction"], found["new_reaction"]) == (
        [{"type": "emoji", "emoji": "👍"}],
        [{"type": "emoji", "emoji": "🔥"}],
    )


async def test_a_made_up_update_comes_as_it_is(bot: Caller, world: SandboxClient) -> None:
    number = await world.inject("teman_bot", {"surprise": {"chat": "none"}})
    assert await bot.ok("getUpdates") == [{"update_id": number, "surprise": {"chat": "none"}}]


async def test_a_fetched_message_gets_its_second_tick(bot: Caller, rani: Phone) -> None:
    said = await rani.say("halo")
    assert not said.fetched
    await bot.ok("getUpdates")
    await rani.wait_until(lambda one: one.id == said.id and one.fetched)
