"""What a bot says about itself: who it is, its commands, its texts, its menu button."""

from __future__ import annotations

import re
import time
from functools import partial
from typing import Any

from bot.sandbox.menu import ALL_PRIVATE_CHATS, CHAT, DEFAULT
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.refusal import bad_request, too_many_requests

Json = dict[str, Any]

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
LANGUAGE = re.compile(r"[a-z]{2}")
OTHER_SCOPES = frozenset({"all_group_chats", "all_chat_administrators", "chat_administrators", "chat_member"})
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
CLOSE_REFUSED_S = 600
"""close is refused in the first ten minutes of a bot's life on a server, as published."""


async def get_me(call: Call) -> Json:
    return call.bot.as_telegram() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": call.bot.topics,
        "allows_users_to_create_topics": call.bot.topics,
    }


async def set_my_commands(call: Call) -> bool:
    key = _key(call)
    commands = call.args.objects("commands", what="BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.menu.lists[key] = [_checked(one) for one in commands]
    call.world.tell_bot(call.bot)
    return True


def _checked(command: Json) -> Json:
    name, description = str(command.get("command", "")).removeprefix("/"), str(command.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description.strip()) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


async def get_my_commands(call: Call) -> list[Json]:
    return call.bot.menu.lists.get(_key(call), [])


async def delete_my_commands(call: Call) -> bool:
    call.bot.menu.lists.pop(_key(call), None)
    call.world.tell_bot(call.bot)
    return True


def _key(call: Call) -> tuple[str, str]:
    """Scope and language of a list of commands."""
    scope = call.args.structure("scope", what="BotCommandScope") or {"type": DEFAULT}
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind == CHAT:
        number = str(scope.get("chat_id", ""))
        if not number.isdecimal() or int(number) not in call.world.users:
            raise bad_request("chat not found")
        return f"{CHAT}:{number}", _language(call)
    if kind not in {DEFAULT, ALL_PRIVATE_CHATS} | OTHER_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return str(kind), _language(call)


def _language(call: Call) -> str:
    language = call.args.text("language_code")
    if language and not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


async def set_text(name: str, call: Call) -> bool:
    text = call.args.text(name)
    if len(text) > TEXT_LIMITS[name]:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    call.bot.texts[name, _language(call)] = text
    call.world.tell_bot(call.bot)
    return True


async def get_text(name: str, call: Call) -> Json:
    fallback = call.bot.account.name if name == "name" else ""
    texts = call.bot.texts
    return {name: texts.get((name, _language(call))) or texts.get((name, "")) or fallback}


async def set_menu_button(call: Call) -> bool:
    button = call.args.structure("menu_button", what="MenuButton") or {"type": DEFAULT}
    if not isinstance(button, dict) or button.get("type") not in {DEFAULT, "commands", "web_app"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    call.bot.menu_buttons[call.args.integer("chat_id")] = button
    return True


async def get_menu_button(call: Call) -> Json:
    buttons = call.bot.menu_buttons
    return buttons.get(call.args.integer("chat_id")) or buttons.get(0) or {"type": "commands"}


async def log_out(_call: Call) -> bool:
    return True


async def close(call: Call) -> bool:
    left = CLOSE_REFUSED_S - (time.monotonic() - call.world.started_at)
    if left > 0:
        raise too_many_requests(int(left) + 1)
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": partial(set_text, "name"),
    "getMyName": partial(get_text, "name"),
    "setMyDescription": partial(set_text, "description"),
    "getMyDescription": partial(get_text, "description"),
    "setMyShortDescription": partial(set_text, "short_description"),
    "getMyShortDescription": partial(get_text, "short_description"),
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "logOut": log_out,
    "close": close,
}
