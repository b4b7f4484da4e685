"""Placeholders in texts: `{alias}`. Values are put in literally, whatever they contain; there are no format specs.

Python's own formatting is not used: a value with braces, or a text like `{alias.__class__}`, must stay plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")


def placeholders_in(text: str) -> frozenset[str]:
    """The names that stand in braces."""
    return frozenset(_PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """True for a brace that is no part of a placeholder: almost always a mistyped one."""
    return _BRACE.search(_PLACEHOLDER.sub("", text)) is not None


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled, in one pass. Raises KeyError for a placeholder without a value."""
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)
