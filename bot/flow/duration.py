"""Spans of time as people write them: `10 minutes`, `2 h`, `1 day`."""

from __future__ import annotations

import re

from bot.flow.reading import Reading
from bot.model.source import Node

_SPAN = re.compile(r"(\d{1,4}) ?(s|seconds?|m|minutes?|h|hours?|d|days?)")
_UNIT_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
LONGEST_SPAN_MS = 30 * _UNIT_MS["d"]
"""Nobody comes back to a question after a month; a longer span is a typing error."""


def read_span(reading: Reading, node: Node, what: str) -> int:
    """Milliseconds; a fault and 0 for anything else."""
    text = reading.word(node, what)
    found = _SPAN.fullmatch(text)
    if not found:
        if text:
            reading.fault(node.place, f"{what} `{text}` is no span of time", "Write it like `10 minutes` or `2 hours`")
        return 0
    span = int(found.group(1)) * _UNIT_MS[found.group(2)[0]]
    if not 0 < span <= LONGEST_SPAN_MS:
        reading.fault(node.place, f"{what} `{text}` is out of range", "Use between 1 second and 30 days")
        return 0
    return span
