"""Telegram's bytes by python-telegram-bot: its HTTP request object, form and network errors; none of its models,
application or limiters.

Answers stay raw. The library's own reading of an error answer loses Telegram's words, and logs what it cannot read.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Mapping

import httpx
from telegram import InputFile
from telegram.error import TelegramError, TimedOut
from telegram.request import HTTPXRequest, RequestData
from telegram.request._requestparameter import RequestParameter

from bot.platforms.telegram.wire import Form, Reply, Unreachable

CONNECT_S = 10.0
"""For a connection, on a slow mobile line as well."""
POOLS, POOL_SIZE = 8, 16
"""Connections at once; a message takes one for as long as Telegram needs to answer. Several small pools, because httpx
looks at every connection of a pool before each request: forty at once cost four to five times as much in one pool."""

TELLTALES = ("httpx", "httpcore")
"""Loggers that write each request's URL, and with it the token."""


class PtbWire:
    """Request objects for all bots: the token is in the URL alone."""

    def __init__(self, bots: Mapping[str, str], api_base: str) -> None:
        self._api_base = api_base
        self._tokens = bots
        trust = {"verify": httpx.create_ssl_context()}
        self._pools = [HTTPXRequest(connection_pool_size=POOL_SIZE, httpx_kwargs=trust) for _ in range(POOLS)]
        self._in_turn = itertools.cycle(self._pools)

    async def open(self) -> None:
        for name in TELLTALES:
            logging.getLogger(name).setLevel(logging.WARNING)
        for pool in self._pools:
            await pool.initialize()

    async def close(self) -> None:
        for pool in self._pools:
            await pool.shutdown()

    async def call(self, bot: str, method: str, form: Form, timeout_s: float) -> Reply:
        fields = [RequestParameter(name, value, None) for name, value in form.fields.items()]
        files = [
            RequestParameter.from_input(name, InputFile(file.content, file.name)) for name, file in form.files.items()
        ]
        url = f"{self._api_base}/bot{self._tokens[bot]}/{method}"
        return await self._request(url, "POST", timeout_s, RequestData([*fields, *files]))

    async def fetch(self, bot: str, path: str, timeout_s: float) -> Reply:
        url = f"{self._api_base}/file/bot{self._tokens[bot]}/{path}"
        return await self._request(url, "GET", timeout_s)

    async def _request(self, url: str, method: str, timeout_s: float, data: RequestData | None = None) -> Reply:
        try:
            status, body = await next(self._in_turn).do_request(
                url,
                method,
                data,
                read_timeout=timeout_s,
                write_timeout=timeout_s,
                connect_timeout=min(CONNECT_S, timeout_s),
                pool_timeout=timeout_s,
            )
            return Reply(status, body)
        except TelegramError as silence:
            trouble = _unreachable(silence)
        except OSError:
            trouble = Unreachable("cut-connection")
        except httpx.InvalidURL:
            trouble = Unreachable("bad-address")
        raise trouble


def _unreachable(silence: TelegramError) -> Unreachable:
    """Only the kind of the trouble: its words may hold the URL, and that holds the token."""
    if isinstance(silence.__cause__, httpx.ConnectError | httpx.ConnectTimeout):
        return Unreachable("no-connection")
    return Unreachable("timeout" if isinstance(silence, TimedOut) else "cut-connection")
