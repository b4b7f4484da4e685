"""What a Telegram driver has to offer: carry a form to a method's URL and bring back the raw answer.

Everything that could differ between two libraries (error classes, models, rate limiters) stays below this line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes along with a form."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """The parameters of a call as Telegram takes them: text fields, nested values as JSON, and files by field."""

    fields: Mapping[str, str] = field(repr=False)
    files: Mapping[str, Upload] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the HTTP status and the body as it was."""

    status: int
    body: bytes | str = field(repr=False)


class Unreachable(Exception):
    """No answer came: it is not known whether the call took effect.

    `reason` is of a known few, because a library's own words may hold the URL, and that holds the token.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Wire(Protocol):
    """One library with a connection pool; bots are named as in the config."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def call(self, bot: str, method: str, form: Form, timeout_s: float) -> Reply:
        """Posts the form. Raises Unreachable."""

    async def fetch(self, bot: str, path: str, timeout_s: float) -> Reply:
        """Downloads a file by the path that getFile gave. Raises Unreachable."""
