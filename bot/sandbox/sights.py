"""What the client of the sandbox gives back: people, messages as a phone shows them, answers to presses."""

from __future__ import annotations

from typing import Any

import msgspec


class WorldError(Exception):
    """The sandbox refused: 400 not understood, 404 unknown, 409 a phone would not allow it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{status}: {why}")
        self.status = status


class User(msgspec.Struct, frozen=True):
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""


class Button(msgspec.Struct, frozen=True):
    label: str
    token: str = ""
    url: str = ""


class Seen(msgspec.Struct, frozen=True):
    """A message on a phone. `by` is "bot" or "person"; `at` is UTC in milliseconds."""

    id: int
    by: str = msgspec.field(name="from")
    at: int
    kind: str
    text: str
    entities: list[dict[str, Any]] = []
    content: dict[str, Any] = {}
    buttons: list[list[Button]] = []
    keyboard: list[list[Any]] = []
    reply_to: int = 0
    thread: int = 0
    edited: bool = False
    deleted: bool = False
    fetched: bool = False
    quiet: bool = False
    forwarded: bool = False
    reactions: list[dict[str, str]] = []
    changed: int = 0

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def tokens(self) -> list[str]:
        return [button.token for row in self.buttons for button in row if button.token]

    def token_of(self, label: str) -> str:
        """The data behind a label. Raises KeyError, with the labels that there are."""
        for row in self.buttons:
            for button in row:
                if button.label == label:
                    return button.token
        raise KeyError(f"no button {label!r} among {self.labels}")

    @property
    def marks(self) -> list[str]:
        """The bot's reactions."""
        return [one["emoji"] for one in self.reactions if one["by"] == "bot"]

    def __str__(self) -> str:
        who = "bot" if self.by == "bot" else "  >"
        more = [f"[{label}]" for label in self.labels] + self.marks
        state = " (deleted)" if self.deleted else " (edited)" if self.edited else ""
        text = self.text if self.kind == "text" else f"<{self.kind}> {self.text}".rstrip()
        return f"{who} {self.id}: {text}{state} {' '.join(more)}".rstrip()


class Answer(msgspec.Struct, frozen=True):
    """What the bot said to a press. `answered` is false when it said nothing in time."""

    answered: bool
    text: str = ""
    alert: bool = False
    url: str = ""
