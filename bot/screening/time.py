"""When? Long ago lowers to a question, unless it is said to go on; very soon makes a plan an emergency."""

from __future__ import annotations

from bot.screening.context import Context


def is_past(start: int, end: int, context: Context) -> bool:
    """Said to be over: a sign of the past in the same sentence, and none that it goes on."""
    sentence = context.sentence_of(start)
    if not any(True for _ in context.in_sentence("past", sentence)):
        return False
    going_on = (span for name in ("still", "now", "soon") for span in context.in_sentence(name, sentence))
    return not any(True for _ in going_on) and end > start


def is_soon(context: Context) -> bool:
    """Tonight, tomorrow, in a minute: anywhere in the message."""
    return bool(context.spans("soon"))
