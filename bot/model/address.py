"""Where a person can be reached. Handlers pass addresses on; only a platform's driver looks inside."""

from __future__ import annotations

import enum

import msgspec


class Side(enum.StrEnum):
    """The two sides of a program. Each has its own bot, or one bot serves both."""

    STUDENT = "student"
    STAFF = "staff"

    @property
    def other(self) -> Side:
        return Side.STAFF if self is Side.STUDENT else Side.STUDENT


DRILL_PLATFORM = "drill"
"""The platform of synthetic students, on which nobody is. No update of any real platform carries it."""


class Address(msgspec.Struct, frozen=True):
    """Platform, bot, chat, and thread if the chat has threads. Sealed wherever it is stored."""

    platform: str
    bot: str
    chat: str
    thread: str = ""
