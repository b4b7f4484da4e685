"""Small forms over kept HTTP connections, as lean as they can be: what a general HTTP client does for each call costs
more than all that this program does with the answer.

Knows nothing of Telegram but that it takes a form by POST and answers with a body. Never follows, retries or decodes:
whoever calls knows what may be repeated.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from typing import cast

import certifi
from yarl import URL

from bot.platforms.telegram.wire import Reply, Unreachable

KEPT_IDLE_S = 15.0
"""After that a server may be about to close the connection, and the next call would be cut."""
LARGEST_HEAD = 65_536
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked[ \t]*\r\n", re.IGNORECASE)
CLOSING = re.compile(rb"\r\nconnection:[ \t]*close[ \t]*\r\n", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"


class Link(asyncio.Protocol):
    """One connection, one call at a time."""

    def __init__(self) -> None:
        self.idle_since = 0.0
        self.reusable = True
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Reply] | None = None
        self._bytes = bytearray()
        self._status = 0
        self._body_at = 0
        self._ends_at = 0
        """Where the body ends; 0: not known yet; -1: it comes in chunks; -2: it ends with the connection."""

    async def call(self, request: bytes) -> Reply:
        """Raises Unreachable."""
        if self._transport is None or self._transport.is_closing():
            raise Unreachable("cut-connection")
        self._bytes.clear()
        self._ends_at = 0
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        self.reusable = False
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.reusable = False
        if self._ends_at == -2 and exc is None:
            self._done(bytes(self._bytes[self._body_at :]))
        elif self._answer is not None and not self._answer.done():
            self._answer.set_exception(Unreachable("cut-connection"))

    def data_received(self, data: bytes) -> None:
        self._bytes += data
        if not self._ends_at:
            self._read_head()
        if self._ends_at > 0 and len(self._bytes) >= self._ends_at:
            self._done(bytes(self._bytes[self._body_at : self._ends_at]))
        elif self._ends_at == -1 and (body := _unchunked(self._bytes, self._body_at)) is not None:
            self._done(body)

    def _read_head(self) -> None:
        end = self._bytes.find(HEAD_END)
        if end < 0:
            if len(self._bytes) > LARGEST_HEAD:
                self._nonsense()
            return
        head = bytes(self._bytes[: end + 2])
        if not head.startswith(b"HTTP/1.") or not head[9:12].isdigit():
            self._nonsense()
            return
        self._status, self._body_at = int(head[9:12]), end + len(HEAD_END)
        self.reusable = head.startswith(b"HTTP/1.1") and CLOSING.search(head) is None
        if CHUNKED.search(head):
            self._ends_at = -1
        elif found := LENGTH.search(head):
            self._ends_at = self._body_at + int(found.group(1))
        else:
            self._ends_at, self.reusable = -2, False

    def _done(self, body: bytes) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(Reply(self._status, body))

    def _nonsense(self) -> None:
        """Not HTTP: whoever asked gets an answer that cannot be read, which is what it is."""
        self.close()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(Unreachable("nonsense"))


class Links:
    """The connections to one server."""

    def __init__(self, base: URL) -> None:
        self._base = base
        self._idle: list[Link] = []
        self._heads: dict[URL, bytes] = {}
        self._tls: ssl.SSLContext | None = None

    async def post(self, url: URL, body: bytes, timeout_s: float) -> Reply:
        """Posts a form to a URL of this server. Raises Unreachable."""
        link = None
        answered = False
        try:
            async with asyncio.timeout(timeout_s):
                link = self._kept() or await self._opened()
                reply = await link.call(self._head(url, len(body)) + body)
            answered = True
        except TimeoutError:
            trouble = Unreachable("timeout")
        except OSError:
            trouble = Unreachable("no-connection")
        else:
            self._keep(link)
            return reply
        finally:
            if link is not None and not answered:
                link.close()
        raise trouble

    def close(self) -> None:
        for link in self._idle:
            link.close()
        self._idle.clear()

    def _head(self, url: URL, length: int) -> bytes:
        head = self._heads.get(url)
        if head is None:
            authority = url.authority.rpartition("@")[2]
            head = self._heads[url] = (
                f"POST {url.raw_path_qs} HTTP/1.1\r\nHost: {authority}\r\nAccept: application/json\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            ).encode()
        return b"%b%d\r\n\r\n" % (head, length)

    def _kept(self) -> Link | None:
        oldest = time.monotonic() - KEPT_IDLE_S
        while self._idle:
            link = self._idle.pop()
            if link.reusable and link.idle_since > oldest:
                return link
            link.close()
        return None

    def _keep(self, link: Link) -> None:
        if link.reusable:
            link.idle_since = time.monotonic()
            self._idle.append(link)
        else:
            link.close()

    async def _opened(self) -> Link:
        """Raises OSError."""
        if self._base.scheme == "https" and self._tls is None:
            self._tls = ssl.create_default_context(cafile=certifi.where())
        loop, base = asyncio.get_running_loop(), self._base
        _, link = await loop.create_connection(Link, base.host or "", base.port or 0, ssl=self._tls)
        return link


def _unchunked(found: bytearray, at: int) -> bytes | None:
    """The body that came in chunks from `at` on; None while it is not whole."""
    parts: list[bytes] = []
    while (line := found.find(b"\r\n", at)) >= 0:
        try:
            size = int(bytes(found[at:line]).partition(b";")[0], 16)
        except ValueError:
            return b""  # not HTTP; an empty body is an answer that cannot be read
        if size == 0:
            return b"".join(parts) if found.find(b"\r\n", line + 2) >= 0 else None
        at = line + 2 + size + 2
        if at > len(found):
            return None
        parts.append(bytes(found[line + 2 : line + 2 + size]))
    return None
