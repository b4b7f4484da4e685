"""Who works which line: taking lines from the lanes through a consumer group, and taking over from the dead.

Used for mailboxes and for chats alike (scripts/_lines.lua is the other half). Knows nothing of what is in a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from redis.exceptions import ResponseError

from bot.model.event import Lane
from bot.runtime.store import Ticket
from bot.store.connect import Reply, Server
from bot.store.keys import LANES

LETTERS = {Lane.CRISIS: "c", Lane.NORMAL: "n", Lane.BULK: "b"}
"""How scripts name the lanes."""
FORGET_CONSUMER_MS = 10 * 60 * 1000
"""A consumer silent for so long, with nothing in its hand, belongs to a process that is gone."""


class Lines:
    """One kind of line, as one process sees it. `consumer` must be this process's own, never used before."""

    def __init__(
        self, server: Server, streams: tuple[str, ...], places: str, group: str, consumer: str, lease_ms: int
    ) -> None:
        self._server = server
        self._streams = dict(zip(LANES, streams, strict=True))
        self._group = group
        self.lease_ms = lease_ms
        self._looked_at = dict.fromkeys(LANES, b"0-0")
        """How far the search for silent holders has come, in each lane."""
        self.consumer = consumer
        self.keys = (places, *streams)
        """What scripts want first."""

    async def ensure(self) -> None:
        """Makes the groups where they are missing."""
        for stream in self._streams.values():
            try:
                await self._server.call("XGROUP", "CREATE", stream, self._group, "0", "MKSTREAM")
            except ResponseError as error:
                if not str(error).startswith("BUSYGROUP"):
                    raise

    async def wait(self, lane: Lane, count: int, block_s: float) -> Sequence[Ticket]:
        """Up to `count` lines; waits up to `block_s` for the first (0: does not wait)."""
        block = ("BLOCK", max(1, int(block_s * 1000))) if block_s > 0 else ()
        stream = self._streams[lane]
        command = ("XREADGROUP", "GROUP", self._group, self.consumer, "COUNT", count, *block, "STREAMS", stream, ">")
        try:
            reply = await self._server.blocking(stream, *command, block_s=block_s)
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            await self.ensure()
            return ()
        return _tickets(lane, reply[0][1]) if reply else ()

    async def reclaim(self, lane: Lane, count: int) -> Sequence[Ticket]:
        """Lines whose holder has been silent for longer than the lease."""
        try:
            reply = await self._server.call(
                "XAUTOCLAIM",
                self._streams[lane],
                self._group,
                self.consumer,
                self.lease_ms,
                self._looked_at[lane],
                "COUNT",
                count,
            )
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            await self.ensure()
            return ()
        self._looked_at[lane] = reply[0]
        return _tickets(lane, reply[1])

    async def wake(self) -> None:
        """Ends all waits at once."""
        for stream in self._streams.values():
            await self._server.unblock(stream)

    async def put_back(self, ticket: Ticket, list_key: str) -> None:
        await self._server.script(
            "put_back", (*self.keys, list_key), (self._group, ticket.line, ticket.entry, self.consumer)
        )

    async def keep(self, tickets: Sequence[Ticket]) -> int:
        """A sign of life for lines in our hand; those that are no longer in it stay where they are.

        Returns how many are.
        """
        pairs = [part for ticket in tickets for part in (ticket.line, ticket.entry)]
        return int(await self._server.script("keep", self.keys, (self._group, self.consumer, *pairs)))

    async def tidy(self) -> None:
        """Removes consumers of processes that are gone, except those whose lines nobody took over yet."""
        for stream in self._streams.values():
            await self._server.script("tidy", (stream,), (self._group, FORGET_CONSUMER_MS))

    async def waiting(self) -> dict[Lane, int]:
        """How many lines are scheduled in each lane, those in somebody's hand included."""
        counts = await self._server.pipe([("XLEN", stream) for stream in self._streams.values()])
        return dict(zip(LANES, counts, strict=True))


def _tickets(lane: Lane, entries: Reply) -> tuple[Ticket, ...]:
    # A claimed entry that was deleted meanwhile comes without fields.
    return tuple(Ticket(fields[1].decode(), lane, entry.decode()) for entry, fields in entries if fields)
