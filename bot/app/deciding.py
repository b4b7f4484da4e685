"""The handler as workers call it: the handlers' own, with older editions of the content fetched when it needs one."""

from __future__ import annotations

from bot.app.library import EditionWanted, Library
from bot.runtime.handler import Handler
from bot.runtime.store import Conflict
from bot.runtime.transaction import Transaction


class Deciding:
    """Fills `bot.runtime.handler.Handler`."""

    def __init__(self, handler: Handler, library: Library) -> None:
        self._handler = handler
        self._library = library

    async def __call__(self, tx: Transaction) -> None:
        try:
            await self._handler(tx)
        except EditionWanted as wanted:
            await self._library.fetch(wanted.edition)
            # Nothing was written; the worker runs the handler again from the start, as after any other conflict.
            raise Conflict from None
