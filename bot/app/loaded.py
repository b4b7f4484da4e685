"""Keeps Python's garbage collector away from what is loaded once and stays: libraries, settings, content.

A platform's library alone leaves hundreds of thousands of objects behind. Each full collection would look at all of
them again, find nothing, and hold up everybody's messages for a good part of a second.
"""

from __future__ import annotations

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""How many new objects, and how many rounds of the generation below, start a round. Nearly everything that a message
needs goes by its reference count; the collector is for the few circles."""


def settle() -> None:
    """Once everything is loaded. Without a collection first: that would be the very pause to be avoided."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
