"""What each process tells of itself, where any web process finds it for the metrics. Counts and times only."""

from __future__ import annotations

from bot.runtime.store import StoreTrouble
from bot.store.connect import Server
from bot.store.keys import Keys

KEEP_MS = 30_000
"""A process that has said nothing for so long is gone."""


class Reports:
    """One hash: process → when, and what it tells."""

    def __init__(self, server: Server, keys: Keys) -> None:
        self._server = server
        self._key = keys.reports

    async def tell(self, process: str, report: bytes, now: int) -> None:
        """Raises StoreTrouble."""
        await self._server.pipe([
            ("HSET", self._key, process, b"%d %b" % (now, report)),
            ("PEXPIRE", self._key, KEEP_MS),
        ])  # fmt: skip

    async def told(self, now: int) -> dict[str, bytes]:
        """By process, of those that are there. Raises StoreTrouble."""
        flat = await self._server.call("HGETALL", self._key)
        found, gone = {}, []
        for process, value in zip(flat[::2], flat[1::2], strict=True):
            at, _, report = value.partition(b" ")
            if now - int(at) <= KEEP_MS:
                found[process.decode()] = report
            else:
                gone.append(process)
        if gone:
            await self._forget(gone)
        return found

    async def _forget(self, processes: list[bytes]) -> None:
        try:
            await self._server.call("HDEL", self._key, *processes)
        except StoreTrouble:
            return  # a store that takes no writes just now; the next look tries again
