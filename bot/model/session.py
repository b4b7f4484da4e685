"""Where a person stands in a YAML conversation: what the flow engine needs to go on, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
"""What a flow can remember. A `many` question saves a tuple of keys."""


class Frame(msgspec.Struct, frozen=True):
    """One flow on the stack of calls. `step` is the index of the step that comes next, or waits for its answer."""

    flow: str
    step: int
    values: Mapping[str, Value]
    save: str = ""
    """Where the caller keeps the result."""


class Question(msgspec.Struct, frozen=True):
    """The question that is open now."""

    flow: str
    step: str
    """The step's id, or its number as text."""
    asked_at: int
    tries: int = 0
    chosen: tuple[str, ...] = ()
    """What is ticked so far, for `many`."""


class Session(msgspec.Struct, frozen=True):
    """A running conversation. `edition` names the content it began with: it goes on in that one."""

    edition: str
    frames: tuple[Frame, ...]
    question: Question | None = None
    wait_until: int = 0
    """For a `wait` step: when to go on, UTC milliseconds."""
