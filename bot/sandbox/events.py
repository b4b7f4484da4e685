"""`GET /sandbox/events`: every change, live, as server-sent events.

A browser that reconnects names the last change it saw and gets what it missed; when that is no longer kept, it is told
to read everything anew.
"""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.sandbox.feed import Feed

HEARTBEAT_S = 15.0
"""A comment line keeps idle connections open, and finds those that are gone."""
RECONNECT_MS = 500


class EventStream:
    """One route; `stop` ends all open streams so that the server can go down at once."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._open: set[asyncio.Task[None]] = set()

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/events", self._serve)

    async def stop(self) -> None:
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        last = request.headers.get("Last-Event-ID", request.query.get("after", ""))
        task = asyncio.create_task(self._stream(response, int(last) if last.isdecimal() else self._feed.seq))
        self._open.add(task)
        try:
            await asyncio.wait({task})
            # The browser going away is how a stream usually ends.
            error = None if task.cancelled() else task.exception()
            if error and not isinstance(error, ConnectionError):
                raise error
        finally:
            self._open.discard(task)
            task.cancel()
        return response

    async def _stream(self, response: web.StreamResponse, seq: int) -> None:
        await response.write(f"retry: {RECONNECT_MS}\n\n".encode())
        while True:
            changes = self._feed.since(seq)
            if changes is None:
                seq = self._feed.seq
                changes = [{"seq": seq, "type": "reset"}]
            for change in changes:
                seq = change["seq"]
                await response.write(f"id: {seq}\ndata: {json.dumps(change, ensure_ascii=False)}\n\n".encode())
            if seq == self._feed.seq and not await self._feed.wait(HEARTBEAT_S):
                await response.write(b": still here\n\n")
