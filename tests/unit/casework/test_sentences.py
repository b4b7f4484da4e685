"""No sentence that a person reads stands in Python: each key in the code has a sentence, and no sentence is idle."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from bot.casework.words import Noted
from bot.content import load
from bot.model.address import Side
from bot.model.case import State
from bot.model.level import Flag, Level
from bot.model.outgoing import Failure
from bot.model.person import Role
from handlers.menus import SHOWN

ROOT = Path(__file__).parents[3]
KEY = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
MADE = {
    "command.unknown_": Side,
    "side.": (),
    "side.to_": Side,
    "side.now_": Side,
    "case.state_": State,
    "flag.": Flag,
    "staff.joined_": Role,
    "staff.help_": Role,
    "talk.failed_": Failure,
    "claim.": (Noted.LEASE_RAN_OUT, Noted.HANDED_BACK),
}
"""Keys that the code puts together: the piece before the value, and the values."""


def keys_in_code() -> set[str]:
    found: set[str] = set()
    for folder in ("handlers", "bot/casework", "bot/app"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                    found.add(node.value)
    made = {f"{piece}{value.value}" for piece, values in MADE.items() for value in values}
    menu = {f"menu.{side.value}_{name}" for side, names in SHOWN.items() for name in names}
    return found | made | menu | {f"level.{level.word}" for level in Level} | {f"side.{side.value}" for side in Side}


def sections() -> set[str]:
    return {key.partition(".")[0] for key in content_keys()}


@cache
def content_keys() -> frozenset[str]:
    return load(ROOT / "flows", ("id", "en")).keys


def test_every_key_in_the_code_has_a_sentence_in_every_language() -> None:
    ours = {key for key in keys_in_code() if key.partition(".")[0] in sections()}
    assert ours - content_keys() == set()


def test_no_sentence_is_idle() -> None:
    put_together = ("checkin.", "why.", "category.")
    idle = {key for key in content_keys() - keys_in_code() if not key.startswith(put_together)}
    assert idle == set()
