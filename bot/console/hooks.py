"""Taking in what a platform sends to the web port: who may, how much, how often, and what they are told.

Knows HTTP only. What a request holds, and where it is stored, is the work of the function that a `Hook` brings along.
200 is said only after that function has returned.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

MOST_AT_ONCE = 256
"""Requests of one hook in our hand. More would only wait for the same store, in our memory and not the platform's."""
BODY_WITHIN_S = 10.0
"""A body of a few kilobytes that takes longer is somebody who holds connections."""
STRANGERS_PER_MINUTE = 20
"""Requests of one source with a wrong secret. The right secret is never limited: behind a proxy all have one source."""
MINUTE_S = 60.0
MOST_SOURCES = 10_000
"""Sources that are remembered for a minute; beyond that the memory begins anew."""
CROWDED_AFTER_S = 1.0


class NotNow(Exception):
    """It could not be stored; it is to be sent again after so many seconds."""

    def __init__(self, after_s: float) -> None:
        super().__init__(f"not now; again after {after_s:.0f} s")
        self.after_s = after_s


@dataclass(frozen=True, slots=True)
class Hook:
    """One path that takes in. `take` raises NotNow."""

    path: str
    secret_header: str
    is_genuine: Callable[[str | None], bool]
    take: Callable[[bytes], Awaitable[None]]
    biggest_body: int


class Strangers:
    """Counts requests with a wrong secret by source, a minute long."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since = now()
        self._counts: dict[str, int] = {}

    def too_many(self, source: str) -> bool:
        """Counts one more request of this source."""
        if self._now() - self._since >= MINUTE_S or len(self._counts) >= MOST_SOURCES:
            self._since = self._now()
            self._counts.clear()
        self._counts[source] = self._counts.get(source, 0) + 1
        return self._counts[source] > STRANGERS_PER_MINUTE


class Doorway:
    """Serves one hook."""

    def __init__(self, hook: Hook, strangers: Strangers) -> None:
        self._hook = hook
        self._strangers = strangers
        self._in_hand = 0

    async def serve(self, request: web.Request) -> web.Response:
        hook = self._hook
        if not hook.is_genuine(request.headers.get(hook.secret_header)):
            crowded = self._strangers.too_many(request.remote or "")
            return _refusal(HTTPStatus.TOO_MANY_REQUESTS if crowded else HTTPStatus.FORBIDDEN, MINUTE_S)
        if (request.content_length or 0) > hook.biggest_body:
            return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self._in_hand >= MOST_AT_ONCE:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, CROWDED_AFTER_S)
        self._in_hand += 1
        try:
            return await self._taken(request)
        finally:
            self._in_hand -= 1

    async def _taken(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                body = await request.content.read(self._hook.biggest_body + 1)
                while not request.content.at_eof() and len(body) <= self._hook.biggest_body:
                    body += await request.content.read(self._hook.biggest_body + 1 - len(body))
        except TimeoutError:
            return _refusal(HTTPStatus.REQUEST_TIMEOUT)
        except ConnectionError:  # cut in the middle: nobody hears this, and it is sent again
            return _refusal(HTTPStatus.BAD_REQUEST)
        if len(body) > self._hook.biggest_body:
            return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            await self._hook.take(body)
        except NotNow as trouble:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, trouble.after_s)
        return web.Response(status=HTTPStatus.OK)


def _refusal(status: HTTPStatus, after_s: float = 0.0) -> web.Response:
    """Closes the connection: what is left of a body is not read."""
    response = web.Response(status=status)
    if after_s and status is not HTTPStatus.FORBIDDEN:
        response.headers["Retry-After"] = str(math.ceil(after_s))
    response.force_close()
    return response
