"""Everything secret about what is stored: sealing bytes, and the keyed hashes that stand for people and chats.

One text (`SEBAYA_KEY`) holds one or more keys. The first seals; all of them open, so a key is changed by putting a
new one in front. Knows no Redis and no document: callers say what a value is for (its Redis key), and a value sealed
for one purpose opens for no other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.model.address import Address
from bot.runtime.store import Unreadable

KEY_BYTES = 32
REMEMBERED = 4096
"""Persons and chats whose keyed hash is at hand; working one out takes longer than sealing a message."""
NONCE_BYTES = 12
"""What AES-GCM wants. Random nonces are safe for 2^32 values a key (NIST SP 800-38D); change the key before that."""
ID_LENGTH = 24
"""Base32 letters: 120 bits, so two people never share an id by chance."""
MARK_BYTES = 15
"""Of a message id's mark: 120 bits too."""
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No 0 O 1 I L: codes are read aloud and typed from paper."""
CODE_LENGTH = 10


class FaultyKey(Exception):
    """The text with the keys cannot be used. Its message never quotes the text."""


class Unopenable(Unreadable):
    """A stored value cannot be opened: sealed with another key, for another purpose, or damaged."""

    def __init__(self) -> None:
        super().__init__(
            "a stored value cannot be opened with the keys in SEBAYA_KEY: sealed with another key, or damaged. "
            "Put the earlier key back (keys are separated by commas, the newest first)"
        )


def new_key() -> str:
    """A fresh key for SEBAYA_KEY."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def new_code() -> str:
    """A fresh code of an invitation: 10 of 31 letters and digits, 49 bits."""
    letters: list[str] = []
    while len(letters) < CODE_LENGTH:
        value = os.urandom(1)[0]
        if value < 256 - 256 % len(CODE_ALPHABET):  # so that each letter is equally likely
            letters.append(CODE_ALPHABET[value % len(CODE_ALPHABET)])
    return "".join(letters)


def _derive(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"sebaya {purpose}".encode()).derive(key)


@dataclass(frozen=True, slots=True)
class _Seal:
    name: bytes
    """One byte that tells which key sealed a value."""
    cipher: AESGCM


class Keyring:
    """The keys, ready to use. Sealing keys and hash keys are derived apart, so that none says anything of another."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys:
            raise FaultyKey("SEBAYA_KEY is empty. `sebaya key new` prints a key")
        self._seals = tuple(
            _Seal(name=_derive(key, "key name")[:1], cipher=AESGCM(_derive(key, "sealing"))) for key in keys
        )
        oldest = keys[-1]
        self._persons = _derive(oldest, "person ids")
        self._chats = _derive(oldest, "chat queues")
        self.person_id = lru_cache(REMEMBERED)(self._person_id)
        """From platform and user: the id by which a platform's user is known inside.

        Made with the OLDEST key of the list, so that ids stay the same when a new key is put in front. Dropping the
        oldest key makes everybody a stranger: keep it last for as long as its people are to be known.
        """
        self.chat_key = lru_cache(REMEMBERED)(self._chat_key)
        """Names the outbox of a chat: platform and bot in clear (limits are per bot), the chat as a keyed hash. The
        thread is left out: the threads of a chat share its order and its limits."""
        self._codes = _derive(oldest, "invite codes")
        self._arrivals = _derive(oldest, "arrivals")
        self._messages = _derive(oldest, "message ids")

    @classmethod
    def from_text(cls, text: str) -> Keyring:
        """Reads SEBAYA_KEY: urlsafe base64 of 32 bytes each, separated by commas, the newest first."""
        keys = []
        for number, part in enumerate(filter(None, (piece.strip() for piece in text.split(","))), start=1):
            try:
                key = base64.b64decode(part.encode(), altchars=b"-_", validate=True)
            except (binascii.Error, UnicodeEncodeError):
                key = b""
            if len(key) != KEY_BYTES:
                raise FaultyKey(f"key {number} in SEBAYA_KEY is not {KEY_BYTES} bytes of urlsafe base64. "
                                "`sebaya key new` prints a key")  # fmt: skip
            keys.append(key)
        return cls(tuple(keys))

    def seal(self, plain: bytes, purpose: bytes) -> bytes:
        """Key name, nonce, ciphertext. Opens only with the same purpose."""
        seal = self._seals[0]
        nonce = os.urandom(NONCE_BYTES)
        return seal.name + nonce + seal.cipher.encrypt(nonce, plain, purpose)

    def open(self, sealed: bytes, purpose: bytes) -> bytes:
        """Raises Unopenable."""
        name, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        for seal in self._seals:
            if seal.name == name:
                try:
                    return seal.cipher.decrypt(nonce, body, purpose)
                except (InvalidTag, ValueError):
                    continue
        raise Unopenable

    def _person_id(self, platform: str, user: str) -> str:
        return "p_" + _hash(self._persons, f"{platform}:{user}")

    def _chat_key(self, address: Address) -> str:
        chat = _hash(self._chats, f"{address.platform}:{address.bot}:{address.chat}")
        return f"{address.platform}.{address.bot}.{chat}"

    def invite_id(self, code: str) -> str:
        """From a code as typed by a person: case, spaces and dashes do not matter."""
        plain = "".join(letter for letter in code.upper() if letter.isalnum())
        return "inv_" + _hash(self._codes, plain)

    def arrival_mark(self, key: str) -> bytes:
        """Stands for an arrival's key where repetitions are looked up. 12 bytes: no two in 48 hours are alike."""
        return hmac.digest(self._arrivals, key.encode(), hashlib.sha256)[:12]

    def message_mark(self, chat: str, message: str) -> str:
        """Stands for a platform's message id. Made for each message that is sent, so by the quickest keyed hash."""
        return hashlib.blake2b(f"{chat}:{message}".encode(), key=self._messages, digest_size=MARK_BYTES).hexdigest()


def _hash(key: bytes, text: str) -> str:
    digest = hmac.digest(key, text.encode(), hashlib.sha256)
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]
