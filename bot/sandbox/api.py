"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Finds the bot and the method, plays a fault if one waits, keeps the rate limits, and turns results and refusals into
the JSON that Telegram answers with. What the methods do is in `bot.sandbox.methods`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

from aiohttp import web

from bot.sandbox.arguments import Arguments
from bot.sandbox.body import read_arguments
from bot.sandbox.bot import Bot
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.methods import SENDING, all_methods
from bot.sandbox.methods.call import Call
from bot.sandbox.refusal import Refusal, no_such_method, not_found, too_many_requests, unauthorized
from bot.sandbox.world import World

Json = dict[str, Any]

log = logging.getLogger(__name__)

DESCRIPTIONS = {
    FaultKind.BAD_REQUEST: "Bad Request: chat not found",
    FaultKind.UNAUTHORIZED: "Unauthorized",
    FaultKind.FORBIDDEN: "Forbidden: bot was blocked by the user",
    FaultKind.CONFLICT: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    FaultKind.SERVER_ERROR: "Internal Server Error",
    FaultKind.BAD_GATEWAY: "Bad Gateway",
}
NONSENSE = "<html><head><title>502</title></head><body>{{ not json"


class BotApi:
    """The routes of the Bot API on one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods = all_methods()
        world.webhook_reply = self._run_reply

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", r"/bot{token:[^/]+}/{method:[^/]*}", self._serve)
        app.router.add_get(r"/file/bot{token:[^/]+}/{path:.+}", self._serve_file)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request.match_info["token"])
            arguments = await read_arguments(request)
            method = request.match_info["method"]
            fault = self._world.faults.take(method, arguments.integer("chat_id"), bot.id, bot.username)
            if fault:
                return await self._play(fault, request, bot, method, arguments)
            return _ok(await self._run(bot, method, arguments))
        except Refusal as refusal:
            return _refused(refusal)
        except Exception:
            # A defect of the sandbox, and the caller must see one: nothing of the message goes into the log.
            log.exception("a Bot API call failed", extra={"method": request.match_info["method"]})
            return _refused(Refusal(500, "Internal Server Error"))

    def _bot(self, token: str) -> Bot:
        bot = self._world.bot_by_token(token)
        if bot:
            return bot
        number, colon, secret = token.partition(":")
        raise unauthorized() if number.isdecimal() and colon and secret else not_found()

    async def _run(self, bot: Bot, method: str, arguments: Arguments) -> Any:
        found = self._methods.get(method.lower())
        if found is None:
            raise no_such_method()
        if method.lower() in SENDING:
            wait = self._world.limits.retry_after(bot.id, arguments.integer("chat_id"))
            if wait:
                raise too_many_requests(wait)
        return await found(Call(self._world, bot, arguments))

    async def _play(
        self, fault: Fault, request: web.Request, bot: Bot, method: str, arguments: Arguments
    ) -> web.StreamResponse:
        match fault.kind:
            case FaultKind.TOO_MANY:
                raise too_many_requests(fault.retry_after)
            case FaultKind.NONSENSE:
                return web.Response(text=NONSENSE, content_type="text/html")
            case FaultKind.SLOW:
                await asyncio.sleep(fault.delay)
                return _ok(await self._run(bot, method, arguments))
            case FaultKind.DROP_AFTER:
                with contextlib.suppress(Refusal):
                    await self._run(bot, method, arguments)
                return _cut(request)
            case FaultKind.DROP_BEFORE:
                return _cut(request)
            case kind:
                raise Refusal(int(kind), fault.description or DESCRIPTIONS[kind])

    async def _run_reply(self, bot: Bot, reply: Json) -> None:
        """Runs the method that a webhook answered with; a refusal is nobody's to hear, as on Telegram."""
        arguments = Arguments({key: value for key, value in reply.items() if key != "method"})
        try:
            await self._run(bot, str(reply["method"]), arguments)
        except Refusal as refusal:
            log.warning("a method in a webhook's answer was refused with %s", refusal.code)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        try:
            bot = self._bot(request.match_info["token"])
            stored = self._world.files.by_path(bot.id, request.match_info["path"])
            if stored is None:
                raise not_found()
        except Refusal as refusal:
            return _refused(refusal)
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else None
    return web.json_response(refusal.as_json(), status=refusal.code, headers=headers)


def _cut(request: web.Request) -> web.Response:
    """Cuts the connection, so that the caller cannot know whether anything was done."""
    if request.transport:
        request.transport.abort()
    return web.Response()
