"""Knows the bot's sentences again, as they stand in flows/, and what was filled into them."""

from __future__ import annotations

import functools
import re

from wording import Wording, _step

LANGUAGE = "id"
WORDING = Wording(LANGUAGE)
ANSWERS = (
    "crisis.answer",
    "crisis.answer_emergency",
    "crisis.answer_peer",
    "crisis.answer_gently",
    "crisis.answer_asked",
)
"""What is said first when somebody is queued for the counselors."""
_PLACEHOLDER = re.compile(r"\\{(\w+)\\}")


def filled(key: str, text: str, bubble: int = 0) -> dict[str, str] | None:
    """What was filled into a sentence; None when the text is not this sentence."""
    found = _pattern(key, bubble).fullmatch(text)
    return found.groupdict() if found else None


def is_any(text: str, *keys: str) -> str:
    """The first of these sentences (first bubble) that the text is; empty if it is none."""
    return next((key for key in keys if filled(key, text) is not None), "")


def asks(flow: str, step: str, text: str) -> bool:
    """Whether the text is this question of a flow."""
    return WORDING.question(flow, step) in text


def put(key: str, bubble: int = 0, **values: str) -> str:
    """A sentence as the bot says it."""
    return WORDING._sentence(key, bubble).format(**{**dict.fromkeys(_names(key, bubble), "-"), **values})


def hint(flow: str, step: str) -> str:
    """What is said when an answer does not fit the question."""
    return str(_step(flow, step)["hint"][LANGUAGE])


def _names(key: str, bubble: int) -> list[str]:
    return re.findall(r"{(\w+)}", WORDING._sentence(key, bubble))


@functools.cache
def _pattern(key: str, bubble: int) -> re.Pattern[str]:
    seen: set[str] = set()

    def named(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.*?)"

    return re.compile(_PLACEHOLDER.sub(named, re.escape(WORDING._sentence(key, bubble))), re.DOTALL)
