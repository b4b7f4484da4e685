"""Values to sealed bytes and back: msgspec structs as MessagePack, then `sealing`, for the key they lie under.

The only place that knows both forms. Elements of lists carry a mark of 8 random bytes in front, by which a script
tells one element from any other without opening it.
"""

from __future__ import annotations

import os
from typing import Generic, TypeVar

import msgspec

from bot.model.event import Body, Event, Lane, PersonId
from bot.model.index import Document, IndexEntry
from bot.model.outgoing import Outgoing
from bot.store.sealing import Keyring, Unopenable

MARK_BYTES = 8
"""Of list elements, and of a document's revision: random, so that no two writers ever make the same."""

Value = TypeVar("Value")


class StoredTimer(msgspec.Struct, frozen=True, array_like=True):
    """What a timer posts, and to whom."""

    person: PersonId
    body: Body
    lane: Lane


def new_mark() -> bytes:
    return os.urandom(MARK_BYTES)


class Codec(Generic[Value]):
    """One kind of value. Raises Unopenable for what it cannot read."""

    def __init__(self, keyring: Keyring, kind: object) -> None:
        self._keyring = keyring
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode: msgspec.msgpack.Decoder[Value] = msgspec.msgpack.Decoder(kind)

    def seal(self, value: Value, key: str) -> bytes:
        return self._keyring.seal(self._encode(value), key.encode())

    def open(self, sealed: bytes, key: str) -> Value:
        plain = self._keyring.open(sealed, key.encode())
        try:
            return self._decode.decode(plain)
        except msgspec.MsgspecError as error:
            raise Undecodable(type(error).__name__) from None

    def element(self, value: Value, key: str) -> bytes:
        """Mark, then the sealed value."""
        return new_mark() + self.seal(value, key)

    def open_element(self, element: bytes, key: str) -> Value:
        return self.open(element[MARK_BYTES:], key)


class Undecodable(Unopenable):
    """A stored value was opened but has a shape that this version does not know."""

    def __init__(self, why: str) -> None:
        Exception.__init__(self, f"a stored value has a shape that this version does not know ({why})")


class Codecs:
    """All kinds of values that are stored."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring
        self.document: Codec[Document] = Codec(keyring, Document)
        self.entry: Codec[IndexEntry] = Codec(keyring, IndexEntry)
        self.event: Codec[Event] = Codec(keyring, Event)
        self.outgoing: Codec[Outgoing] = Codec(keyring, Outgoing)
        self.timer: Codec[StoredTimer] = Codec(keyring, StoredTimer)
        self.messages: Codec[tuple[str, ...]] = Codec(keyring, tuple[str, ...])
