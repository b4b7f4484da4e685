"""What all routes of the world API share: reading a request, finding what it names, answering in JSON.

A request that cannot be understood is 400, an unknown bot, person or chat 404, a deed that a phone would not allow 409;
each with `{"error": ...}`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeAlias, TypeVar

import msgspec
from aiohttp import web

from bot.sandbox.accounts import User
from bot.sandbox.bot import Bot
from bot.sandbox.chat import Chat
from bot.sandbox.deeds import Impossible
from bot.sandbox.world import World

Json = dict[str, Any]
Shape = TypeVar("Shape", bound=msgspec.Struct)
Route: TypeAlias = tuple[str, str, Callable[[web.Request], Awaitable[Any]]]
"""Verb, path, and what makes the answer."""


class Unknown(Exception):
    """No such bot, person or chat."""


class Routes:
    """A part of the world API on one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> Iterable[Route]:
        raise NotImplementedError

    def add_routes(self, app: web.Application) -> None:
        for verb, path, handler in self.routes():
            app.router.add_route(verb, path, _told(handler))

    async def read(self, request: web.Request, shape: type[Shape]) -> Shape:
        return msgspec.json.decode(await request.read() or b"{}", type=shape)

    def bot(self, name: str) -> Bot:
        found = self.world.bot_named(name)
        if found is None:
            raise Unknown("bot")
        return found

    def user(self, number: str) -> User:
        found = self.world.users.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise Unknown("user")
        return found

    def chat(self, request: web.Request) -> Chat:
        """The chat of the address; a phone opens one by looking at it."""
        return self.world.open_chat(self.bot(request.match_info["bot"]), self.user(request.match_info["user"]))


def _told(handler: Callable[[web.Request], Awaitable[Any]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Turns what a handler returns or raises into JSON."""

    async def serve(request: web.Request) -> web.Response:
        try:
            return web.json_response(await handler(request))
        except msgspec.DecodeError as error:
            return web.json_response({"error": str(error)}, status=400)
        except Unknown as error:
            return web.json_response({"error": f"unknown {error}"}, status=404)
        except Impossible as error:
            return web.json_response({"error": str(error)}, status=409)

    return serve
