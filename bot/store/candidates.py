"""The texts that wait for a review, as the reviewing command needs them beside a running bot: all, and one less.

Handlers make them through their transactions; the clock's timers forget them. This only reads and removes.
"""

from __future__ import annotations

from bot.model.candidate import Candidate
from bot.model.index import Index
from bot.store.codec import MARK_BYTES, Codecs, new_mark
from bot.store.connect import Server
from bot.store.indexes import IndexReader
from bot.store.keys import Keys


class Candidates:
    """Small and rare: a review reads everything, and removes one at a time."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._index = IndexReader(server, codecs, keys)

    async def all(self) -> tuple[Candidate, ...]:
        """Every open candidate, the oldest day first. Raises StoreTrouble."""
        state = await self._index.read(Index.CANDIDATES)
        keys = [self._keys.candidate(member) for member in state.entries]
        if not keys:
            return ()
        values = await self._server.call("MGET", *keys)
        opened = [
            self._codecs.document.open(value[MARK_BYTES:], key)
            for key, value in zip(keys, values, strict=True)
            if value is not None
        ]
        found = [document for document in opened if isinstance(document, Candidate)]
        return tuple(sorted(found, key=lambda candidate: (candidate.at, candidate.id)))

    async def forget(self, candidate: Candidate) -> bool:
        """Removes a reviewed candidate; False when it was gone already. Raises StoreTrouble."""
        keys = (self._keys.document(candidate), self._keys.index(Index.CANDIDATES))
        return bool(await self._server.script("forget", keys, (candidate.id, new_mark())))
