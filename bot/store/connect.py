"""The wire to a Redis or Valkey server: commands out, replies in, trouble under one name.

One connection serves many callers at once: what is asked while an answer is awaited goes out together as the next
batch, so a busy bot pays for far fewer system calls and task switches than with a connection each. Nothing is ever
repeated here: after a broken connection nobody knows what the server did, and only the caller knows what is safe to
do again. Knows no key and no document.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import hiredis
from redis import exceptions
from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.runtime.store import StoreTrouble
from bot.store.addressing import Whereabouts
from bot.store.scripts import SCRIPTS

logger = logging.getLogger(__name__)

REPLY_TIMEOUT_S = 5.0
"""A healthy server answers in a few milliseconds; loading and saving say so themselves."""
ASIDE_TIMEOUT_S = 1.0
"""For a Sentinel, or a Cluster's node that only tells who keeps what: the next one is asked then."""
DURABLE_TIMEOUT_MS = 3_000
"""For WAITAOF. With `appendfsync everysec` the disk has it after two seconds at most."""
IS_REPLICA = "replica"
"""In a refusal of WAITAOF: this server is none that is written to any more."""
COPIED_WITHIN_MS = 2_000
"""For WAIT: a healthy replica has it after a trip through the network."""
CANNOT_WAIT = "the store cannot wait for its disk (no WAITAOF, or no append-only file)"
MOST_IN_A_BATCH = 64
PASSING = (
    "LOADING", "OOM", "READONLY", "MISCONF", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "NOREPLICAS", "BUSY ",
    "UNBLOCKED",
)  # fmt: skip
"""Errors by which a server says that it cannot just now. They are trouble, and pass by themselves or by an operator."""
ELSEWHERE = (exceptions.AskError, exceptions.ClusterDownError, exceptions.ReadOnlyError)
"""Errors by which a server says that another must be asked: moved, failed over. (MOVED is a kind of ASK there.)"""

Part: TypeAlias = bytes | str | int
Command: TypeAlias = tuple[Part, ...]
Reply: TypeAlias = Any
"""What a command answers; its shape is the command's, written where it is asked."""

_pack = cast("Callable[[Command], bytes]", hiredis.pack_command)
"""Much faster than redis-py's own. Its type hint says a tuple of one, and means of any number."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Commands that go out together, and who waits for the replies."""

    packed: Sequence[bytes]
    answer: asyncio.Future[list[Reply]]


def _refuse(batch: Iterable[_Asked], why: str) -> None:
    for asked in batch:
        if not asked.answer.done():
            asked.answer.set_exception(StoreTrouble(why))


class Wire:
    """One connection. `replies_within_s` must be above the block of blocking reads."""

    def __init__(self, where: Whereabouts, replies_within_s: float = REPLY_TIMEOUT_S) -> None:
        self._where = where
        self._replies_within_s = replies_within_s
        self._connection: AbstractConnection | None = None
        self._misplaced = False
        """The server said that another must be asked."""
        self.client_id = 0
        """The server's name for this connection, 0 before it was made."""
        self._asked: list[_Asked] = []
        self._pump: asyncio.Task[None] | None = None

    async def ask(self, commands: Sequence[Command]) -> list[Reply]:
        """Sends the commands together. A reply that is an error is returned in its place. Raises StoreTrouble."""
        answer: asyncio.Future[list[Reply]] = asyncio.get_running_loop().create_future()
        self._asked.append(_Asked([_pack(command) for command in commands], answer))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run(), name="redis wire")
        return await answer

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)
        _refuse(self._asked, "the connection was closed")
        self._asked.clear()
        await self._drop(wait=True)

    async def _run(self) -> None:
        """Works until nothing is asked any more."""
        while self._asked:
            batch, self._asked = self._asked[:MOST_IN_A_BATCH], self._asked[MOST_IN_A_BATCH:]
            try:
                await self._exchange(batch)
            except StoreTrouble as trouble:
                _refuse(batch, str(trouble))
            except (exceptions.RedisError, OSError) as error:
                _refuse(batch, f"no answer from the store: {type(error).__name__}")
                await self._drop()
            except BaseException:
                _refuse(batch, "the connection was closed")
                raise

    async def _exchange(self, batch: Sequence[_Asked]) -> None:
        connection = self._connection
        if connection is None or not connection.is_connected:
            connection = self._connection = _connection(await self._where.find(_ask_once))
            self.client_id = await _first_reply(connection, ("CLIENT", "ID"), REPLY_TIMEOUT_S)
        now, packed = asyncio.get_running_loop().time, [command for asked in batch for command in asked.packed]
        async with asyncio.timeout(self._replies_within_s) as patience:
            await connection.send_packed_command(packed, check_health=False)
            for asked in batch:
                replies = [await self._reply(connection) for _ in asked.packed]
                # Anew for each: where one waits for the disk, those behind it wait for it too.
                patience.reschedule(now() + self._replies_within_s)
                if not asked.answer.done():
                    asked.answer.set_result(replies)
        if self._misplaced:
            self._misplaced = False
            await self._drop()

    async def _reply(self, connection: AbstractConnection) -> Reply:
        try:
            return await _read(connection)
        except exceptions.ResponseError as error:
            self._misplaced = self._misplaced or isinstance(error, ELSEWHERE) or str(error).startswith("UNBLOCKED")
            return error

    async def _drop(self, *, wait: bool = False) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.disconnect(nowait=not wait)


async def _read(connection: AbstractConnection) -> Reply:
    return await connection.read_response()


def _connection(url: str) -> AbstractConnection:
    """Without a timeout of its own for replies: redis-py would start a task or a timer for each single one."""
    pool: ConnectionPool = ConnectionPool.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=None,
        socket_connect_timeout=REPLY_TIMEOUT_S,
        decode_responses=False,
        protocol=2,  # replies are read raw here, and this fixes their shapes
    )
    return cast("Callable[[], AbstractConnection]", pool.make_connection)()


async def _first_reply(connection: AbstractConnection, command: Command, within_s: float) -> Reply:
    """Connects, and asks."""
    connect: Callable[[], Awaitable[None]] = connection.connect
    async with asyncio.timeout(within_s):
        await connect()
        await connection.send_packed_command([_pack(command)], check_health=False)
        return await _read(connection)


async def _ask_once(url: str, command: Sequence[str]) -> Reply:
    """One question on a connection of its own, to whoever knows where the server is."""
    connection = _connection(url)
    try:
        return await _first_reply(connection, tuple(command), ASIDE_TIMEOUT_S)
    except (exceptions.RedisError, OSError) as error:
        raise StoreTrouble(f"no answer from who knows where the store is: {type(error).__name__}") from None
    finally:
        await connection.disconnect(nowait=True)


class Server:
    """A server as the store uses it: plain commands, scripts, blocking reads, and writes that wait for the disk.

    `replicas` must have what may never be lost, before it counts as written: then it outlives the primary.
    """

    def __init__(self, where: Whereabouts, replicas: int = 0) -> None:
        self._where = where
        self._replicas = replicas
        self._wire = Wire(where)
        self._durable = Wire(where, REPLY_TIMEOUT_S + DURABLE_TIMEOUT_MS / 1000)
        self._blocking: dict[str, Wire] = {}
        self._has_waitaof: bool | None = None

    async def close(self) -> None:
        for wire in (self._wire, self._durable, *self._blocking.values()):
            await wire.close()

    async def call(self, *command: Part) -> Reply:
        """Raises StoreTrouble, or redis.ResponseError where the command itself is wrong."""
        return _checked(await _ask(self._wire, [command]))[0]

    async def pipe(self, commands: Sequence[Command]) -> list[Reply]:
        """Several commands in one go, not atomic."""
        return _checked(await _ask(self._wire, commands)) if commands else []

    async def blocking(self, reader: str, *command: Part, block_s: float) -> Reply:
        """A command that may block for `block_s`, on a connection of its own for each `reader`."""
        wire = self._blocking.get(reader)
        if wire is None:
            wire = self._blocking[reader] = Wire(self._where, block_s + REPLY_TIMEOUT_S)
        return _checked(await _ask(wire, [command]))[0]

    async def unblock(self, reader: str) -> None:
        """Ends the reader's wait as if its time were over."""
        wire = self._blocking.get(reader)
        if wire is not None and wire.client_id:
            await self.call("CLIENT", "UNBLOCK", wire.client_id)

    async def script(
        self, name: str, keys: Sequence[str], args: Sequence[Part], *, durable: bool = False, copied: bool = False
    ) -> Reply:
        """Runs a script of `bot/store/scripts`. `durable`: waits until the disk has it, where the server can, and the
        replicas that are asked for. `copied`: for the replicas alone.
        """
        script = SCRIPTS[name]
        commands: list[Command] = [("EVALSHA", script.sha, len(keys), *keys, *args)]
        copied = (durable or copied) and self._replicas > 0
        wire = self._durable if durable or copied else self._wire
        if copied:
            commands.append(("WAIT", self._replicas, COPIED_WITHIN_MS))
        if durable and await self._can_wait():
            commands.append(("WAITAOF", 1, 0, DURABLE_TIMEOUT_MS))
        replies = await _ask(wire, commands)
        if isinstance(replies[0], exceptions.NoScriptError):
            # The server was restarted, or another took its place. On the same connection: all go to the same server.
            loads: list[Command] = [("SCRIPT", "LOAD", each.source) for each in SCRIPTS.values()]
            replies = (await wire.ask([*loads, *commands]))[len(loads) :]
        if isinstance(replies[0], Exception) and str(replies[0]).startswith("NOGROUP"):
            raise StoreTrouble("the store was emptied; its groups are made anew by the next look at a lane")
        result = _checked(replies[:1])[0]
        waits = replies[1:]
        if copied and _checked([waits.pop(0)])[0] < self._replicas:
            raise StoreTrouble("fewer replicas than redis.wait_replicas have what must not be lost")
        if waits:
            self._check_durable(waits[0])
        return result

    def _check_durable(self, waited: Reply) -> None:
        if isinstance(waited, Exception) and IS_REPLICA in str(waited):
            raise StoreTrouble("another server has taken the store's place")
        if isinstance(waited, Exception):
            # Somebody switched the append-only file off: a crisis must get through all the same.
            self._has_waitaof = False
            logger.warning(CANNOT_WAIT)
        elif waited[0] < 1:
            raise StoreTrouble("the store did not bring a crisis to its disk in time")

    async def _can_wait(self) -> bool:
        if self._has_waitaof is None:
            reply = (await self._durable.ask([("WAITAOF", 1, 0, 1)]))[0]
            if isinstance(reply, Exception) and IS_REPLICA in str(reply):
                return False  # nothing can be written there; the primary may well be able to
            self._has_waitaof = not isinstance(reply, Exception)
            if not self._has_waitaof:
                logger.warning(CANNOT_WAIT)
        return self._has_waitaof


async def _ask(wire: Wire, commands: Sequence[Command]) -> list[Reply]:
    """Asks once more where the first answer says that another server keeps the keys: then nothing was done."""
    replies = await wire.ask(commands)
    return await wire.ask(commands) if isinstance(replies[0], exceptions.MovedError) else replies


def _checked(replies: list[Reply]) -> list[Reply]:
    for reply in replies:
        if isinstance(reply, Exception):
            if isinstance(reply, exceptions.ConnectionError) or str(reply).startswith(PASSING) or _by_class(reply):
                raise StoreTrouble(f"the store cannot just now: {type(reply).__name__}")
            raise reply
    return replies


def _by_class(reply: Exception) -> bool:
    """redis-py strips the first word of errors that have a class of their own."""
    return isinstance(
        reply,
        exceptions.OutOfMemoryError
        | exceptions.ReadOnlyError
        | exceptions.BusyLoadingError
        | exceptions.NoScriptError
        | exceptions.ClusterDownError
        | exceptions.TryAgainError
        | exceptions.AskError,
    )
