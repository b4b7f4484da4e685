"""What the bot says and which buttons it shows, read from flows/ as a person who knows the content would.

Tests name sentences and choices by their keys, so that a better wording breaks none of them.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import yaml

FLOWS = Path(__file__).resolve().parents[2] / "flows"
_PLACEHOLDER = re.compile(r"\{\w+\}")


class Wording:
    """In one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def part(self, key: str, bubble: int = 0) -> str:
        """The longest piece of a sentence that is the same whatever is filled in: enough to know it by."""
        return _longest(self._sentence(key, bubble))

    def label(self, key: str) -> str:
        """A button's label that stands among the sentences."""
        return self._sentence(key, 0)

    def question(self, flow: str, step: str) -> str:
        return _longest(_step(flow, step)["ask"][self.language])

    def option(self, flow: str, step: str, key: str) -> str:
        """The label of one choice of a question."""
        asked = _step(flow, step)
        if key == "skip" and "skip" in asked:
            return str(asked["skip"][self.language])
        if "yes-no" in asked:
            return str(_file("lists")["yes-no"][key][self.language])
        if asked.get("choice") == "topics":
            return str(_file("topics")[key]["label"][self.language])
        choice = asked["choice"]
        return str((_file("lists")[choice] if isinstance(choice, str) else choice)[key][self.language])

    def _sentence(self, key: str, bubble: int) -> str:
        section, _, name = key.partition(".")
        said = _sentences()[section][name][self.language]
        return str(said[bubble] if isinstance(said, list) else said)


@functools.cache
def _file(name: str) -> Any:
    return _keeping_words((FLOWS / f"{name}.yaml").read_text(encoding="utf-8"))


@functools.cache
def _sentences() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((FLOWS / "sentences").glob("*.yaml")):
        for section, inside in _keeping_words(path.read_text(encoding="utf-8")).items():
            found.setdefault(section, {}).update(inside)
    return found


def _keeping_words(text: str) -> Any:
    """YAML in which yes, no and on are words."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but texts, lists and mappings


def _step(flow: str, step: str) -> dict[str, Any]:
    return next(one for one in _file(flow)["steps"] if one.get("id") == step)


def _longest(text: str) -> str:
    return max((piece.strip() for part in _PLACEHOLDER.split(text) for piece in part.split("\n")), key=len)
