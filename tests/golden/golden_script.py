"""Reads a golden conversation and plays it.

    language: id
    people: {siti: student, budi: supporter, ratna: counselor, dewi: coordinator}
    settings: {offer_ms: 60000}          # where the story needs other numbers
    turns:
      - siti: /start
        then: [ ... what appears on which phone ... ]
      - siti: {press: Ya}              # `late: true` presses what has been edited away since
      - budi: {reply: "halo", to: "a piece of the message that is replied to"}   # `picked`: the part that is quoted
      - siti: {edit: "the new words", of: "the old words"}
      - siti: {send: voice}
      - siti: {block: true}            # `vanish` does the same without a word from the platform
      - wait: 2m

`then` is what appeared since the turn before. GOLDEN=rewrite writes it anew; read the diff before you commit it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from golden_world import Bubble, World

from bot.casework.settings import Settings
from bot.model.address import Side
from bot.model.event import Body, ButtonPressed, CommandGiven, MediaKind, MediaSent, ReachChanged, TextSaid
from bot.model.person import Role
from bot.store import RedisStore

UNITS_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000}
STUDENT = "student"


def read(path: Path) -> dict[str, Any]:
    """The story as it is written."""
    story: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return story


async def play(story: dict[str, Any], store: RedisStore) -> list[list[str]]:
    """What appeared in each of its turns."""
    world = World(store, replace(Settings(), **(story.get("settings") or {})))
    for name, role in story["people"].items():
        await _add(world, name, role, story["language"])
    appeared: list[list[str]] = []
    for turn in story["turns"]:
        who, deed = next((key, value) for key, value in turn.items() if key != "then")
        if who == "wait":
            await world.wait(_span(deed))
        else:
            await _do(world, who, deed)
        appeared.append(list(world.shown))
        world.shown.clear()
    assert not world.troubles, world.troubles
    return appeared


def rewrite(path: Path, story: dict[str, Any], appeared: list[list[str]]) -> None:
    """Writes what appeared into the file; the comments at its head stay."""
    head = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if line.startswith("#"))
    for turn, lines in zip(story["turns"], appeared, strict=True):
        turn["then"] = lines
    text = yaml.safe_dump(story, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(head + text, encoding="utf-8")


async def _add(world: World, name: str, role: str, language: str) -> None:
    word, *rest = role.split()
    language = rest.pop() if rest and rest[-1] in {"id", "en"} else language
    if word == STUDENT:
        world.add_phone(name, Side.STUDENT, language)
        return
    await world.add_staff(name, Role(word), language, trained="untrained" not in rest, duty="off" not in rest)


async def _do(world: World, who: str, deed: Any) -> None:
    phone = world.phones[who]
    if isinstance(deed, dict) and "vanish" in deed:
        phone.blocked = deed["vanish"]
        return
    if isinstance(deed, dict) and "block" in deed:
        phone.blocked = deed["block"]
        await world.act(who, ReachChanged(not deed["block"]))
        return
    await world.act(who, _body(world, who, deed))


def _body(world: World, who: str, deed: Any) -> Body:
    phone = world.phones[who]
    if isinstance(deed, str):
        return world.command(who, deed) if deed.startswith("/") else TextSaid(deed, world.new_message(who, deed))
    if "press" in deed:
        bubble, token = _button(phone.bubbles, deed["press"], deed.get("on", ""), late=deed.get("late", False))
        return ButtonPressed(token, "press", bubble.number)
    if "edit" in deed:
        number = phone.said[deed["of"]]
        phone.said[deed["edit"]] = number
        return TextSaid(deed["edit"], number, edited=True)
    if "send" in deed:
        return MediaSent(MediaKind(deed["send"]), world.new_message(who, deed["send"]), deed.get("caption", ""), "file")
    target = next(bubble for bubble in reversed(phone.bubbles) if deed["to"] in bubble.text)
    message = world.new_message(who, deed["reply"])
    if deed["reply"].startswith("/"):
        word, _, words = deed["reply"][1:].partition(" ")
        return CommandGiven(word, words, message, target.number, target.text, deed.get("picked", ""))
    return TextSaid(deed["reply"], message, target.number)


def _button(bubbles: list[Bubble], label: str, on: str, *, late: bool) -> tuple[Bubble, str]:
    """The newest button of that label, on a message that holds `on`; `late`: also on what has been edited since."""
    for bubble in reversed(bubbles):
        seen = [(bubble.text, bubble.keyboard), *(reversed(bubble.before) if late else ())]
        for text, keyboard in seen:
            for button in (button for row in keyboard for button in row):
                if label in button.label and on in text:
                    return bubble, button.token
    raise AssertionError(f"no button {label!r}; the last message is {bubbles[-1].text!r}")


def _span(text: str) -> int:
    return int(text[:-1]) * UNITS_MS[text[-1]]
