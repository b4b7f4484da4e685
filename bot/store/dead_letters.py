"""Messages that were given up, as the operator's command sees them beside a running bot: look, try again, drop.

A message tried again goes to the end of its chat like a new one. It asks for no receipt: whoever waited for it was
told long ago that it failed, and an event takes effect once. Never hands out a text; that is for the addressee alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from bot.model.event import Lane, Milliseconds
from bot.model.outgoing import Outgoing
from bot.runtime.store import Unreadable
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.keys import Keys
from bot.store.lines import LETTERS, Lines

ALL = ("-", "+")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message that was given up. `id` is the store's own."""

    id: str
    at: Milliseconds
    """When it was given up."""
    why: str
    """Failure and reason, of a known few."""
    chat: str
    """Platform, bot, and a keyed hash of the chat."""
    kind: str
    """What it was, such as SendText; empty where it cannot be read, and so not be tried again."""
    lane: Lane
    committed_at: Milliseconds
    event_id: str = ""
    """The event that it came of, as the log names it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    letter: DeadLetter
    outgoing: Outgoing | None


class DeadLetters:
    """Small and rare: the list is never longer than its stream is kept. Raises StoreTrouble."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys, chats: Lines) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._chats = chats

    async def all(self) -> tuple[DeadLetter, ...]:
        """The oldest first."""
        return tuple(kept.letter for kept in await self._kept(None))

    async def retry(self, letter: str | None, now: Milliseconds) -> int:
        """Puts one, or with None all that can be read, back into the outbox; returns how many."""
        count = 0
        for kept in await self._kept(letter):
            if kept.outgoing is not None:
                fresh = msgspec.structs.replace(kept.outgoing, at=now, receipt=None)
                count += await self._revive(kept.letter, fresh)
        return count

    async def drop(self, letter: str | None) -> int:
        """Forgets one, or with None all; returns how many."""
        if letter is None:
            return int(await self._server.call("XTRIM", self._keys.dead, "MAXLEN", 0))
        return int(await self._server.call("XDEL", self._keys.dead, letter))

    async def _revive(self, letter: DeadLetter, outgoing: Outgoing) -> int:
        outbox = self._keys.outbox(letter.chat)
        element = self._codecs.outgoing.element(outgoing, outbox)
        keys = (*self._chats.keys, self._keys.dead, outbox)
        return int(await self._server.script("revive", keys, (letter.id, letter.chat, LETTERS[letter.lane], element)))

    async def _kept(self, letter: str | None) -> list[_Kept]:
        first, last = ALL if letter is None else (letter, letter)
        return [self._read(*entry) for entry in await self._server.call("XRANGE", self._keys.dead, first, last)]

    def _read(self, entry: bytes, flat: list[bytes]) -> _Kept:
        fields = dict(zip(flat[::2], flat[1::2], strict=True))
        number, chat, why = entry.decode(), fields[b"chat"].decode(), fields[b"why"].decode()
        at = int(number.partition("-")[0])
        try:
            message = self._codecs.outgoing.open(fields[b"sealed"], self._keys.outbox(chat))
        except Unreadable:  # the list says so
            return _Kept(DeadLetter(number, at, why, chat, "", Lane.NORMAL, 0), None)
        kind = type(message.what).__name__
        letter = DeadLetter(number, at, why, chat, kind, Lane(message.lane), message.at, message.cause)
        return _Kept(letter, message)
