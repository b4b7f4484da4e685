"""Several updates as one batch, with the cursor that acknowledges them. Pure."""

from __future__ import annotations

from collections import Counter

from bot.platforms.telegram.shapes import Wrong, integer, mapping
from bot.platforms.telegram.updates import Ignored, Origin, read_update
from bot.runtime.platform import Arrival, Batch, TryLater


def batch_of(updates: object, origin: Origin) -> Batch:
    """Raises TryLater if this is no list of updates, or none of them has a number: nothing could be acknowledged.

    After an empty look the cursor is empty too: the look has acknowledged all before it, and after a quiet week
    Telegram numbers updates anew, perhaps from below the old cursor.
    """
    if not isinstance(updates, list):
        raise TryLater("nonsense")
    arrivals: list[Arrival] = []
    ignored: Counter[str] = Counter()
    malformed = 0
    for update in updates:
        match read_update(update, origin):
            case Arrival() as arrival:
                arrivals.append(arrival)
            case Ignored(reason):
                ignored[reason] += 1
            case _:
                malformed += 1
    return Batch(tuple(arrivals), _next_cursor(updates), ignored, malformed)


def _next_cursor(updates: list[object]) -> str:
    numbers = [number for update in updates if (number := _number(update)) is not None]
    if updates and not numbers:
        raise TryLater("nonsense")
    return str(max(numbers) + 1) if numbers else ""


def _number(update: object) -> int | None:
    try:
        return integer(mapping(update), "update_id")
    except Wrong:
        return None
