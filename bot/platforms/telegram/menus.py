"""The commands that a bot offers in its menu, as calls."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.address import Side
from bot.platforms.telegram.calls import Call
from bot.platforms.telegram.characters import fitting, whole
from bot.runtime.platform import Menu

MOST_COMMANDS = 100
MOST_IN_DESCRIPTION = 256
"""Telegram's limits."""

PRIVATE_CHATS = {"type": "all_private_chats"}


def menu_calls(side: Side | None, menus: Sequence[Menu]) -> tuple[Call, ...]:
    """One call a language. A bot that serves both sides shows the commands of both, each once."""
    by_language: dict[str, dict[str, str]] = {}
    for menu in menus:
        if side is None or menu.side is None or menu.side is side:
            by_language.setdefault(menu.language, {}).update(
                {name: text for name, text in menu.commands if name not in by_language.get(menu.language, {})}
            )
    return tuple(_call(language, commands) for language, commands in by_language.items() if commands)


def _call(language: str, commands: dict[str, str]) -> Call:
    shown = [
        {"command": name, "description": whole(text)[: fitting(whole(text), MOST_IN_DESCRIPTION)]}
        for name, text in list(commands.items())[:MOST_COMMANDS]
    ]
    in_language = {"language_code": language} if language else {}
    return Call("setMyCommands", {"commands": shown, "scope": PRIVATE_CHATS, **in_language})
