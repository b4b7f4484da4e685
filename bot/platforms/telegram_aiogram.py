"""Telegram's bytes by aiogram: its session, form and network errors; none of its models, routers or limiters.

Answers stay raw. Building aiogram's objects for each update costs more than all the rest of receiving, and what an
answer means is decided in one place for all drivers.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any, cast

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.types import BufferedInputFile
from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, DummyCookieJar
from yarl import URL

from bot.platforms.telegram.wire import Form, Reply, Unreachable

AS_JSON = {"Content-Type": "application/json"}


class RawSession(AiohttpSession):
    """aiogram's session, which hands over each answer as it came."""

    async def create_session(self) -> ClientSession:
        """One that keeps no cookies: Telegram sends none, and looking for some in each call is not free."""
        if self._session is None or self._session.closed:
            connector = self._connector_type(**self._connector_init)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar())
        return self._session

    async def close(self) -> None:
        """Without aiogram's pause of 250 ms: aiohttp itself waits by now until TLS connections are closed."""
        if self._session is not None:
            await self._session.close()

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        del bot, method
        return Response.model_construct(ok=True, result=Reply(status_code, content))


class AiogramWire:
    """One session for all bots."""

    def __init__(self, bots: Mapping[str, str], api_base: str) -> None:
        self._session = RawSession(api=TelegramAPIServer.from_base(api_base))
        self._bots = {name: Bot(token, self._session) for name, token in bots.items()}
        self._urls: dict[tuple[str, str], URL] = {}
        """By bot and method; parsing one costs more than sending it."""

    async def open(self) -> None:
        await self._session.create_session()

    async def close(self) -> None:
        await self._session.close()

    async def call(self, bot: str, method: str, form: Form, timeout_s: float) -> Reply:
        if form.files:
            return await self._upload(bot, method, form, timeout_s)
        # Straight through the session: aiogram's object for each call, which it takes apart again at once, and a form
        # that could hold files cost a tenth of a whole update.
        http = await self._session.create_session()
        body = msgspec.json.encode(form.fields)
        timeout = ClientTimeout(timeout_s)
        url = self._url(bot, method)
        try:
            async with http.post(url, data=body, headers=AS_JSON, timeout=timeout, allow_redirects=False) as answer:
                return Reply(answer.status, await answer.read())
        except (ClientError, OSError) as silence:
            trouble = _unreachable(silence)
        raise trouble

    def _url(self, bot: str, method: str) -> URL:
        found = self._urls.get((bot, method))
        if found is None:
            address = self._session.api.api_url(self._bots[bot].token, method)
            found = self._urls[bot, method] = URL(address, encoded=True)
        return found

    async def _upload(self, bot: str, method: str, form: Form, timeout_s: float) -> Reply:
        files = {name: BufferedInputFile(file.content, file.name) for name, file in form.files.items()}
        request = _method(method)(**form.fields, **files)
        try:
            return cast("Reply", await self._session.make_request(self._bots[bot], request, math.ceil(timeout_s)))
        except TelegramNetworkError as silence:
            trouble = _unreachable(silence.__cause__)
        except OSError as silence:
            trouble = _unreachable(silence)
        except UnicodeDecodeError:
            trouble = Unreachable("nonsense")
        raise trouble

    async def fetch(self, bot: str, path: str, timeout_s: float) -> Reply:
        http = await self._session.create_session()
        url = self._session.api.file_url(self._bots[bot].token, path)
        try:
            async with http.get(url, timeout=ClientTimeout(timeout_s)) as answer:
                return Reply(answer.status, await answer.read())
        except (ClientError, OSError) as silence:
            trouble = _unreachable(silence)
        raise trouble


@functools.cache
def _method(name: str) -> type[TelegramMethod[Any]]:
    """aiogram wants a class a method; this one has no fields of its own and takes any."""
    body = {"__module__": __name__, "__returning__": object, "__api_method__": name}
    return cast("type[TelegramMethod[Any]]", type(name, (TelegramMethod,), body))


def _unreachable(cause: BaseException | None) -> Unreachable:
    """Only the kind of the trouble: its words may hold the URL, and that holds the token."""
    if isinstance(cause, ClientConnectorError):
        return Unreachable("no-connection")
    return Unreachable("timeout" if isinstance(cause, TimeoutError) else "cut-connection")
