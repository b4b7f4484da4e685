"""One program's store, put together: what the loops, the commands and the health check get."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from bot.runtime.store import Unreadable
from bot.store.addressing import NO_LOGIN, Login, whereabouts
from bot.store.admin import Admin
from bot.store.candidates import Candidates
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.intake import RedisIntake
from bot.store.keys import Keys
from bot.store.limits import Limits
from bot.store.lines import Lines
from bot.store.mailboxes import RedisMailboxes
from bot.store.outbox import RedisOutbox
from bot.store.records import Records
from bot.store.refs import Refs
from bot.store.reports import Reports
from bot.store.sealing import Keyring
from bot.store.timers import RedisTimers
from bot.store.watching import Watcher

LEASE_MS = 5_000
"""How long a line may be in a hand without a sign of life. Work on an event takes milliseconds; a line taken from a
worker that was only slow costs nothing but work done twice, while one held by a dead worker keeps a person waiting."""
KEEP_FAILED_MS = 14 * 24 * 60 * 60 * 1000
"""How long messages that were given up, and events that could not be worked, are kept: they hold what people wrote.
Two weeks are enough to mend a fault over somebody's holidays; a deployment may set another time."""
PROBE = b"sebaya"


class WrongKey(Exception):
    """The store was sealed with a key that is not in SEBAYA_KEY. Put the earlier key back, after the new one."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


@dataclass(frozen=True, slots=True)
class RedisStore:
    """Fills `Intake`, `Mailboxes`, `Outbox` and `Timers` of `bot.runtime.store`, each as a part of its own."""

    keyring: Keyring
    intake: RedisIntake
    mailboxes: RedisMailboxes
    outbox: RedisOutbox
    timers: RedisTimers
    admin: Admin
    candidates: Candidates
    watcher: Watcher
    records: Records
    reports: Reports
    _server: Server
    _keys: Keys
    _lines: tuple[Lines, Lines]

    async def prepare(self) -> None:
        """Makes what must be there before the loops start. Raises StoreTrouble, WrongKey."""
        purpose = self._keys.probe.encode()
        await self._server.call("SET", self._keys.probe, self.keyring.seal(PROBE, purpose), "NX")
        try:
            self.keyring.open(await self._server.call("GET", self._keys.probe), purpose)
        except Unreadable:
            raise WrongKey from None
        for lines in self._lines:
            await lines.ensure()

    async def close(self) -> None:
        await self._server.close()


def open_store(
    url: str, program: str, keyring: Keyring, *,
    lease_ms: int = LEASE_MS, limits: Limits | None = None, keep_failed_ms: int = KEEP_FAILED_MS,
    sentinels: Login = NO_LOGIN, replicas: int = 0,
) -> RedisStore:  # fmt: skip
    """Connects when first used; call `prepare` before the loops start. Without `limits` senders are not paced.
    `replicas` is how many must have a crisis, and what a platform brings, before it counts as written.

    `url` may also name Sentinels or a Cluster (`bot.store.addressing`). Raises FaultyAddress, FaultyProgramName.
    """
    server, codecs, keys = Server(whereabouts(url, program, sentinels), replicas), Codecs(keyring), Keys(program)
    consumer = uuid.uuid4().hex
    mail = Lines(server, keys.ready, keys.mail_places, "workers", consumer, lease_ms)
    chats = Lines(server, keys.send, keys.chat_places, "senders", consumer, lease_ms)
    refs = Refs(server, codecs, keys)
    return RedisStore(
        keyring=keyring,
        intake=RedisIntake(server, codecs, keys, consumer, lease_ms),
        mailboxes=RedisMailboxes(server, codecs, keys, mail, refs),
        outbox=RedisOutbox(server, codecs, keys, chats, refs, limits),
        timers=RedisTimers(server, codecs, keys, mail, chats, keep_failed_ms),
        admin=Admin(server, codecs, keys, mail, chats),
        candidates=Candidates(server, codecs, keys),
        watcher=Watcher(server, codecs, keys),
        records=Records(server, codecs, keys),
        reports=Reports(server, keys),
        _server=server,
        _keys=keys,
        _lines=(mail, chats),
    )
