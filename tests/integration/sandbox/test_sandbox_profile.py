"""Commands by scope and language, and the other things that a bot says about itself."""

from __future__ import annotations

from typing import Any

import pytest
from api_caller import STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient


def commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"untuk {name}"} for name in names]


async def test_a_phone_shows_the_menu_of_its_language_and_the_narrowest_scope(
    bot: Caller, world: SandboxClient, rani: Phone
) -> None:
    foreign = await world.phone("Jonas", STUDENT.username, language="de")
    await bot.ok("setMyCommands", commands=commands("start"))
    await bot.ok("setMyCommands", commands=commands("mulai"), language_code="id")
    assert [name for name, _ in await rani.commands()] == ["mulai"]
    assert [name for name, _ in await foreign.commands()] == ["start"]

    await bot.ok("setMyCommands", commands=commands("private"), scope={"type": "all_private_chats"})
    assert [name for name, _ in await rani.commands()] == ["private"]
    scope = {"type": "chat", "chat_id": rani.user}
    await bot.ok("setMyCommands", commands=commands("own"), scope=scope)
    assert [name for name, _ in await rani.commands()] == ["own"]
    await bot.ok("deleteMyCommands", scope=scope)
    assert [name for name, _ in await rani.commands()] == ["private"]
    assert await bot.ok("getMyCommands", language_code="id") == commands("mulai")


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        ({"command": "Start", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a-b", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "a", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"command": "a", "description": "x" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_malformed_command_is_refused(bot: Caller, command: dict[str, Any], refusal: str) -> None:
    assert await bot.refused("setMyCommands", commands=[command]) == f"400 Bad Request: {refusal}"


async def test_too_many_commands_and_odd_languages_are_refused(bot: Caller) -> None:
    many = commands(*(f"c{number}" for number in range(101)))
    assert await bot.refused("setMyCommands", commands=many) == "400 Bad Request: BOT_COMMANDS_TOO_MUCH"
    assert "language code" in await bot.refused("setMyCommands", commands=commands("a"), language_code="indonesia")


async def test_a_bot_can_be_renamed_by_language(bot: Caller) -> None:
    await bot.ok("setMyName", name="Friend", language_code="en")
    assert await bot.ok("getMyName", language_code="en") == {"name": "Friend"}
    assert await bot.ok("getMyName") == {"name": "Teman"}
    await bot.ok("setMyDescription", description="d")
    await bot.ok("setMyShortDescription", short_description="s")
    assert "too long" in await bot.refused("setMyShortDescription", short_description="s" * 121)


async def test_a_chat_can_be_looked_up(bot: Caller, rani: Phone) -> None:
    found = await bot.ok("getChat", chat_id=rani.user)
    assert (found["id"], found["type"], found["first_name"]) == (rani.user, "private", "Rani")
    assert await bot.refused("getChat", chat_id=1) == "400 Bad Request: chat not found"


async def test_the_menu_button_can_be_set(bot: Caller, rani: Phone) -> None:
    await bot.ok("setChatMenuButton", chat_id=rani.user, menu_button={"type": "commands"})
    assert "400" in await bot.refused("setChatMenuButton", menu_button={"type": "sing"})


async def test_a_bot_may_log_out_but_not_close_so_soon(bot: Caller) -> None:
    assert await bot.ok("logOut") is True
    assert (await bot.refused("close")).startswith("429 Too Many Requests: retry after ")
