"""Spans of time as people write them: `60s`, `2m`, `1h30m`, `90d`. Milliseconds inside."""

from __future__ import annotations

import re

UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
_PART = re.compile(r"(\d+)(ms|s|m|h|d)")
_WHOLE = re.compile(r"(?:\d+(?:ms|s|m|h|d))+")


def parse_duration(text: str) -> int:
    """Milliseconds. Raises ValueError for anything else than numbers with units, largest unit first or not."""
    compact = text.strip().lower().replace(" ", "")
    if not _WHOLE.fullmatch(compact):
        raise ValueError("not a span of time")
    return sum(int(count) * UNITS_MS[unit] for count, unit in _PART.findall(compact))
