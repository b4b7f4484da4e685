"""How fast messages may leave: shares of a bot's and of a chat's rate, kept in Redis, so that all senders share them.

The scripts keep the books (scripts/_pace.lua); this says the rates. Answers to button presses are not counted: no
platform limits them with messages.
"""

from __future__ import annotations

from dataclasses import dataclass

SECOND_MS = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The defaults are Telegram's rules for bots that do not pay. Rates are messages a second."""

    per_bot: float = 30.0
    """Of one bot, to all chats together. Telegram takes up to 1,000 from bots that pay."""
    bot_burst: int = 30
    """So many may leave at once after a quiet while."""
    reserve: float = 5.0
    """Of `per_bot`, what only crises may use. A crisis also takes from the common share, so others yield to it."""
    per_chat: float = 1.0
    """To one private chat. Crises are counted here and never held back."""
    chat_burst: int = 20
    """A bot's longest answer in one go, and some more; Telegram lets short bursts pass."""

    def __post_init__(self) -> None:
        if min(self.per_bot - self.reserve, self.per_chat, self.bot_burst, self.chat_burst) <= 0 or self.reserve < 0:
            raise ValueError(
                "limits: rates and bursts must be above 0, and the reserve between 0 and the bot's whole rate"
            )

    def plan(self) -> list[float]:
        """As `scripts/_pace.lua` takes it: for common share, crisis share and chat: ms a message, ms of burst."""
        found: list[float] = []
        for rate, burst in (
            (self.per_bot - self.reserve, self.bot_burst),
            (self.per_bot, self.bot_burst),
            (self.per_chat, self.chat_burst),
        ):
            found += [SECOND_MS / rate, SECOND_MS / rate * (burst - 1)]
        return found
