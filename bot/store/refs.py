"""Which platform message is which of ours: for edits, and for replies to a message of ours.

Kept in a hash per chat and week. Platforms take edits and people reply to recent messages; what is older than one
to two weeks is answered as unknown, and the caller sends anew or asks.
"""

from __future__ import annotations

from bot.model.event import Milliseconds
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.keys import Keys

WEEK_MS = 7 * 24 * 60 * 60 * 1000


class Refs:
    """Reads the mappings; `sent.lua` writes what `fields` prepares."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys

    async def ref_of(self, chat: str, message: str, now: Milliseconds) -> str:
        """Our name for the platform's message; empty if it is not known."""
        field = f"m{self._codecs.keyring.message_mark(chat, message)}"
        found = await self._server.pipe([("HGET", key, field) for key in self._recent(chat, now)])
        return next((ref.decode() for ref in found if ref), "")

    async def messages_of(self, chat: str, ref: str, now: Milliseconds) -> tuple[str, ...]:
        """The platform's ids of our message; empty if they are not known."""
        keys = self._recent(chat, now)
        found = await self._server.pipe([("HGET", key, f"r{ref}") for key in keys])
        return next((self._codecs.messages.open(value, f"{chat}:{ref}") for value in found if value), ())

    def fields(self, chat: str, ref: str, messages: tuple[str, ...]) -> list[tuple[str, bytes]]:
        """The fields to write for a delivered message."""
        if not ref or not messages:
            return []
        mark = self._codecs.keyring.message_mark
        backwards = [(f"m{mark(chat, message)}", ref.encode()) for message in messages]
        return [(f"r{ref}", self._codecs.messages.seal(messages, f"{chat}:{ref}")), *backwards]

    def place(self, chat: str, now: Milliseconds) -> tuple[str, Milliseconds]:
        """The hash to write to now, and when it may go."""
        week = now // WEEK_MS
        return self._keys.refs(chat, week), (week + 2) * WEEK_MS

    def _recent(self, chat: str, now: Milliseconds) -> tuple[str, str]:
        week = now // WEEK_MS
        return self._keys.refs(chat, week), self._keys.refs(chat, week - 1)
