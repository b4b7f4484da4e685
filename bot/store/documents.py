"""The documents of one transaction: what was read, with its revision, and what is to be written.

A document's value is its revision (8 random bytes) and its sealed body. Reads see this transaction's own writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.model.event import Milliseconds
from bot.model.index import Document, placements
from bot.store.codec import MARK_BYTES, Codecs, new_mark
from bot.store.connect import Server


class CannotExpire(Exception):
    """A document that stands in an index cannot be forgotten at a set time: the index would go on naming it."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


@dataclass(frozen=True, slots=True)
class Change:
    """A document to be written: `after` is None to delete it."""

    key: str
    before: Document | None
    after: Document | None
    value: bytes
    keep_until: Milliseconds


@dataclass(frozen=True, slots=True)
class _Write:
    document: Document
    stays: bool
    keep_until: Milliseconds


class Documents:
    """`known` are values that came along with the event; they count as read once they are used."""

    def __init__(self, server: Server, codecs: Codecs, known: Mapping[str, bytes | None]) -> None:
        self._server = server
        self._codecs = codecs
        self._known = dict(known)
        self._read: dict[str, bytes | None] = {}
        self._opened: dict[str, Document | None] = {}
        self._written: dict[str, _Write] = {}

    async def get(self, key: str) -> Document | None:
        if key in self._written:
            write = self._written[key]
            return write.document if write.stays else None
        return await self.before(key)

    def put(self, key: str, document: Document, keep_until: Milliseconds) -> None:
        if keep_until and placements(document):
            raise CannotExpire
        self._written[key] = _Write(document, True, keep_until)

    def remove(self, key: str, document: Document) -> None:
        self._written[key] = _Write(document, False, 0)

    @property
    def written(self) -> Iterator[tuple[Document, bool]]:
        """What reads of indexes must see on top of what is stored: document, whether it stays."""
        return ((write.document, write.stays) for write in self._written.values())

    async def before(self, key: str) -> Document | None:
        """The document as it was stored when this transaction looked."""
        if key not in self._opened:
            if key not in self._known:
                self._known[key] = await self._server.call("GET", key)
            self._note(key)
        return self._opened[key]

    async def changes(self) -> list[Change]:
        """All writes, each with what was there before: what was written unread is read now."""
        unread = [key for key in self._written if key not in self._read and key not in self._known]
        if unread:
            self._known.update(zip(unread, await self._server.call("MGET", *unread), strict=True))
        found = []
        for key, write in self._written.items():
            after = write.document if write.stays else None
            value = new_mark() + self._codecs.document.seal(after, key) if after is not None else b""
            found.append(Change(key, await self.before(key), after, value, write.keep_until))
        return found

    def revisions(self) -> Iterator[tuple[str, bytes]]:
        """What was read: key, revision; an empty revision for what was missing."""
        return ((key, value[:MARK_BYTES] if value else b"") for key, value in self._read.items())

    def known_after(self, changes: list[Change]) -> dict[str, bytes | None]:
        """The values as they are after the commit, for the next event of the same mailbox."""
        return {**self._known, **{change.key: change.value or None for change in changes}}

    def _note(self, key: str) -> None:
        value = self._known[key]
        self._read[key] = value
        self._opened[key] = self._codecs.document.open(value[MARK_BYTES:], key) if value is not None else None
