"""The menus of commands that the bots show, in each language of the program."""

from __future__ import annotations

from bot.casework.settings import Settings
from bot.content import Content
from bot.model.address import Side
from bot.runtime.platform import Menu

SHOWN: dict[Side, tuple[str, ...]] = {
    Side.STUDENT: ("start", "crisis", "stop", "language", "help", "privacy", "export", "delete"),
    Side.STAFF: (
        "duty",
        "cases",
        "queue",
        "note",
        "consult",
        "transfer",
        "escalate",
        "missed",
        "close",
        "help",
        "language",
    ),
}


def menus(content: Content, settings: Settings) -> tuple[Menu, ...]:
    """A menu a side and language, and one for all other languages; one bot for both sides shows one menu."""
    found: list[Menu] = []
    sides: list[Side | None] = [None] if settings.shared_bot else list(SHOWN)
    for side in sides:
        found.extend(Menu(side, language, _described(content, side, language)) for language in settings.languages)
        found.append(Menu(side, "", _described(content, side, settings.languages[0])))
    return tuple(found)


def _described(content: Content, side: Side | None, language: str) -> tuple[tuple[str, str], ...]:
    sides = list(SHOWN) if side is None else [side]
    named = dict.fromkeys((one, name) for one in sides for name in SHOWN[one])
    seen: dict[str, str] = {}
    for one, name in named:
        seen.setdefault(name, content.say(f"menu.{one.value}_{name}", language))
    return tuple(seen.items())
