"""What was sent into the sandbox and what arrived in it: all that the checker knows.

Message ids grow within a chat, so their order is the order on the phone. Times are the sandbox's, UTC, milliseconds.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec
from said import Said, said_of


class Role(enum.StrEnum):
    STUDENT = "student"
    SUPPORTER = "supporter"
    COUNSELOR = "counselor"
    COORDINATOR = "coordinator"

    @property
    def is_staff(self) -> bool:
        return self is not Role.STUDENT


@dataclass(slots=True)
class Bubble:
    """A message on a phone, with its words when it first came; the bot edits alerts and offers later."""

    id: int
    mine: bool
    """Written by the person, not by the bot."""
    at: int
    text: str
    marks: tuple[str, ...] = ()
    """The bot's reactions."""


BLOCKED, GONE = "blocked", "gone"
LASTING = 1 << 62
"""The end of an absence that lasts still."""


@dataclass(slots=True)
class Absence:
    """A while in which nothing could come to a chat, and what was sent to it is lost: the person had blocked the bot,
    which is told of it, or the platform knew no such chat, which it learns from each refusal.
    """

    kind: str
    began: int
    ended: int = LASTING

    def touches(self, began: int, ended: int) -> bool:
        return self.began <= ended and self.ended >= began


class Copy(NamedTuple):
    """A relayed text as it arrived."""

    chat: str
    alias: str
    bubble: Bubble
    place: int
    """Among the bot's messages in the chat."""


@dataclass(slots=True)
class Chat:
    """One person's chat with their side's bot."""

    name: str
    role: Role
    number: int = 0
    """On the platform."""
    bubbles: list[Bubble] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)

    def was_away(self, began: int, ended: int = LASTING) -> bool:
        return any(one.touches(began, ended) for one in self.absences)

    @property
    def bots(self) -> list[Bubble]:
        return [one for one in self.bubbles if not one.mine]

    def said(self) -> Iterator[tuple[Said, Bubble]]:
        """The numbered texts that this person wrote, in order."""
        for bubble in self.bubbles:
            said = said_of(bubble.text) if bubble.mine else None
            if said:
                yield said, bubble


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What was done to the deployment. `chat` is 0 where it can touch any chat."""

    kind: str
    began: int
    ended: int
    chat: int = 0


@dataclass(slots=True)
class History:
    """Of one run."""

    chats: dict[str, Chat] = field(default_factory=dict)
    disturbances: list[Disturbance] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    """Processes that ended without having been killed."""
    unsettled: tuple[str, ...] = ()
    """Who still waited for something in the end, when all should have come to rest."""

    def of(self, *roles: Role) -> list[Chat]:
        return [chat for chat in self.chats.values() if chat.role in roles]

    @property
    def settled(self) -> bool:
        return not self.unsettled

    @property
    def staff(self) -> list[Chat]:
        return [chat for chat in self.chats.values() if chat.role.is_staff]

    def copies(self) -> dict[str, list[Copy]]:
        """Every relayed text that arrived, by the words that were written."""
        found: dict[str, list[Copy]] = {}
        for chat in self.chats.values():
            for place, bubble in enumerate(chat.bots):
                alias, _, text = bubble.text.partition(":\n")
                if said_of(text):
                    found.setdefault(text, []).append(Copy(chat.name, alias, bubble, place))
        return found


def save(history: History, path: Path) -> None:
    """As JSON, for whoever looks for the cause of a violation."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(history)))


def load(path: Path) -> History:
    """Of a run that was kept."""
    return msgspec.json.decode(path.read_bytes(), type=History)


def now_ms() -> int:
    """As the sandbox counts."""
    return time.time_ns() // 1_000_000
