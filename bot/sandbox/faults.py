"""Failures on request: what to answer instead of, or besides, doing what a bot asked for.

A fault waits in the book until a call matches it, and is used up after `times` calls. The API server asks the book
once for each call and plays what it finds; nothing else knows of it.
"""

from __future__ import annotations

import enum
import itertools

import msgspec

FOR_EVER = 0
"""`times` of a fault that stays until it is cleared."""


class FaultKind(enum.StrEnum):
    """`drop-before` cuts the connection and does nothing; `drop-after` does what was asked, then cuts it."""

    TOO_MANY = "429"
    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    CONFLICT = "409"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    SLOW = "slow"
    NONSENSE = "nonsense"


class Fault(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`method`, `chat_id` and `bot` (username or id) narrow it down; None or "*" means any."""

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    bot: str | int | None = None
    retry_after: int = 1
    description: str = ""
    times: int = 1
    delay: float = 0.5
    """Seconds that a slow call waits before it acts."""
    id: int = 0
    used: int = 0

    def matches(self, method: str, chat_id: int, bot_id: int, username: str) -> bool:
        any_method = self.method in {None, "", "*"}
        return (
            (any_method or str(self.method).casefold() == method.casefold())
            and (self.chat_id is None or self.chat_id == chat_id)
            and (self.bot is None or str(self.bot).removeprefix("@").casefold() in {str(bot_id), username.casefold()})
        )


class FaultBook:
    """Faults in the order in which they were asked for; the first that matches is played."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._ids = itertools.count(1)

    def add(self, fault: Fault) -> Fault:
        fault.id = next(self._ids)
        self._faults.append(fault)
        return fault

    def take(self, method: str, chat_id: int, bot_id: int, username: str) -> Fault | None:
        for fault in self._faults:
            if fault.matches(method, chat_id, bot_id, username):
                fault.used += 1
                if fault.times != FOR_EVER and fault.used >= fault.times:
                    self._faults.remove(fault)
                return fault
        return None

    def waiting(self) -> list[Fault]:
        return list(self._faults)

    def clear(self, number: int = 0) -> None:
        """Clears the fault with this id, or all of them."""
        self._faults = [fault for fault in self._faults if number and fault.id != number]
