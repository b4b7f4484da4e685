"""The world API, `/sandbox/...`: what people do and see, for the page, the client and the tests. JSON both ways.

A request that cannot be understood is 400, an unknown bot, person or chat 404, a deed that a phone would not allow 409;
each with `{"error": ...}`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from bot.sandbox import deeds
from bot.sandbox.accounts import User
from bot.sandbox.bot import Bot
from bot.sandbox.chat import Chat
from bot.sandbox.deeds import Impossible
from bot.sandbox.faults import Fault
from bot.sandbox.message import Message
from bot.sandbox.world import World
from bot.sandbox.world_requests import (
    BotState,
    Delete,
    Edit,
    Inject,
    Limits,
    NewUser,
    OpenChat,
    PressButton,
    React,
    Say,
    Send,
)

Json = dict[str, Any]
Shape = TypeVar("Shape", bound=msgspec.Struct)

LONGEST_WAIT_S = 60.0

CHAT = "/sandbox/chats/{bot}/{user}"


class Unknown(Exception):
    """No such bot, person or chat."""


class WorldApi:
    """The routes of the world API on one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, app: web.Application) -> None:
        for verb, path, handler in (
            ("GET", "/sandbox/bots", self._bots),
            ("PATCH", "/sandbox/bots/{bot}", self._change_bot),
            ("GET", "/sandbox/bots/{bot}/commands", self._commands),
            ("POST", "/sandbox/bots/{bot}/updates", self._inject),
            ("GET", "/sandbox/users", self._users),
            ("POST", "/sandbox/users", self._new_user),
            ("GET", "/sandbox/chats", self._chats),
            ("POST", "/sandbox/chats", self._open_chat),
            ("GET", CHAT, self._chat),
            ("GET", f"{CHAT}/messages", self._messages),
            ("POST", f"{CHAT}/say", self._say),
            ("POST", f"{CHAT}/edit", self._edit),
            ("POST", f"{CHAT}/send", self._send),
            ("POST", f"{CHAT}/press", self._press),
            ("POST", f"{CHAT}/react", self._react),
            ("POST", f"{CHAT}/delete", self._delete),
            ("POST", f"{CHAT}/block", self._block),
            ("POST", f"{CHAT}/unblock", self._unblock),
            ("GET", "/sandbox/faults", self._faults),
            ("POST", "/sandbox/faults", self._add_fault),
            ("DELETE", "/sandbox/faults", self._clear_faults),
            ("DELETE", "/sandbox/faults/{fault}", self._clear_faults),
            ("GET", "/sandbox/limits", self._limits),
            ("PUT", "/sandbox/limits", self._set_limits),
            ("POST", "/sandbox/reset", self._reset),
        ):
            app.router.add_route(verb, path, self._told(handler))

    @staticmethod
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

    # Finding what a request names.

    async def _read(self, request: web.Request, shape: type[Shape]) -> Shape:
        return msgspec.json.decode(await request.read() or b"{}", type=shape)

    def _bot(self, request: web.Request) -> Bot:
        return self._bot_named(request.match_info["bot"])

    def _bot_named(self, name: str) -> Bot:
        found = self._world.bot_named(name)
        if found is None:
            raise Unknown("bot")
        return found

    def _user(self, number: str) -> User:
        found = self._world.users.get(int(number)) if number.isdecimal() else None
        if found is None:
            raise Unknown("user")
        return found

    def _found_chat(self, request: web.Request) -> Chat:
        """The chat of the address; a phone opens one by writing to it."""
        return self._world.open_chat(self._bot(request), self._user(request.match_info["user"]))

    # Bots and people.

    async def _bots(self, _: web.Request) -> Json:
        return {"bots": [bot.as_seen() for bot in self._world.bots.values()]}

    async def _change_bot(self, request: web.Request) -> Json:
        bot = self._bot(request)
        bot.topics = (await self._read(request, BotState)).topics
        self._world.tell_bot(bot)
        return bot.as_seen()

    async def _commands(self, request: web.Request) -> Json:
        bot, number = self._bot(request), request.query.get("user", "0")
        user = self._world.users.get(int(number)) if number.isdecimal() else None
        language = user.language_code.partition("-")[0] if user else request.query.get("language", "")
        return {"commands": bot.menu.shown_to(user.id if user else 0, language)}

    async def _inject(self, request: web.Request) -> Json:
        bot = self._bot(request)
        return {"update_id": bot.updates.put_raw((await self._read(request, Inject)).update).id}

    async def _users(self, _: web.Request) -> Json:
        return {"users": [user.as_seen() for user in self._world.users.values()]}

    async def _new_user(self, request: web.Request) -> Json:
        wanted = await self._read(request, NewUser)
        if wanted.id in self._world.users:
            raise Impossible("there is somebody with this id")
        return self._world.add_user(wanted.first_name, wanted.username, wanted.language_code, wanted.id).as_seen()

    # Chats.

    async def _chats(self, _: web.Request) -> Json:
        return {"chats": [chat.as_seen() for chat in self._world.chats.values()], "cursor": self._world.feed.seq}

    async def _open_chat(self, request: web.Request) -> Json:
        wanted = await self._read(request, OpenChat)
        return self._world.open_chat(self._bot_named(wanted.bot), self._user(str(wanted.user))).as_seen()

    async def _chat(self, request: web.Request) -> Json:
        return self._found_chat(request).as_seen()

    async def _messages(self, request: web.Request) -> Json:
        """Messages changed after the change `after`; waits up to `wait` seconds while there are none."""
        chat = self._found_chat(request)
        after, wait_s = _number(request, "after"), min(_number(request, "wait"), LONGEST_WAIT_S)
        until = asyncio.get_running_loop().time() + wait_s
        while not (changed := [one for one in chat.messages.values() if one.changed > after]):
            left = until - asyncio.get_running_loop().time()
            if left <= 0 or not await self._world.feed.wait(left):
                break
        changed.sort(key=lambda one: one.changed)
        return {"cursor": self._world.feed.seq, "messages": [one.as_seen() for one in changed]}

    async def _say(self, request: web.Request) -> Json:
        wanted, chat = await self._read(request, Say), self._found_chat(request)
        return _seen(deeds.say(self._world, chat, wanted.text, reply_to=wanted.reply_to, thread=wanted.thread))

    async def _edit(self, request: web.Request) -> Json:
        wanted = await self._read(request, Edit)
        return _seen(deeds.edit(self._world, self._found_chat(request), wanted.message, wanted.text))

    async def _send(self, request: web.Request) -> Json:
        wanted, chat = await self._read(request, Send), self._found_chat(request)
        told = {"caption": wanted.caption}
        return _seen(
            deeds.send_media(self._world, chat, wanted.kind, **told, reply_to=wanted.reply_to, thread=wanted.thread)
        )

    async def _press(self, request: web.Request) -> Json:
        wanted, chat = await self._read(request, PressButton), self._found_chat(request)
        pressed = deeds.press(self._world, chat, number=wanted.message, token=wanted.token, label=wanted.label)
        try:
            async with asyncio.timeout(min(wanted.wait, LONGEST_WAIT_S)):
                answer = await asyncio.shield(pressed.answer)
        except TimeoutError:
            return {"answered": False, "text": "", "alert": False, "url": ""}
        return {"answered": True, **answer}

    async def _react(self, request: web.Request) -> Json:
        wanted = await self._read(request, React)
        return _seen(deeds.react(self._world, self._found_chat(request), wanted.message, wanted.emoji))

    async def _delete(self, request: web.Request) -> Json:
        wanted = await self._read(request, Delete)
        return _seen(deeds.delete(self._world, self._found_chat(request), wanted.message))

    async def _block(self, request: web.Request) -> Json:
        chat = self._found_chat(request)
        deeds.block(self._world, chat, blocked=True)
        return chat.as_seen()

    async def _unblock(self, request: web.Request) -> Json:
        chat = self._found_chat(request)
        deeds.block(self._world, chat, blocked=False)
        return chat.as_seen()

    # Failures and the whole.

    async def _faults(self, _: web.Request) -> Json:
        return {"faults": [msgspec.to_builtins(fault) for fault in self._world.faults.waiting()]}

    async def _add_fault(self, request: web.Request) -> Any:
        fault = self._world.faults.add(await self._read(request, Fault))
        self._tell_faults()
        return msgspec.to_builtins(fault)

    async def _clear_faults(self, request: web.Request) -> Json:
        number = request.match_info.get("fault", "0")
        self._world.faults.clear(int(number) if number.isdecimal() else -1)
        self._tell_faults()
        return await self._faults(request)

    def _tell_faults(self) -> None:
        self._world.feed.publish("faults", waiting=len(self._world.faults.waiting()))

    async def _limits(self, _: web.Request) -> Json:
        return self._world.limits.as_json()

    async def _set_limits(self, request: web.Request) -> Json:
        wanted = await self._read(request, Limits)
        self._world.limits.switch(
            on=wanted.on,
            per_second=wanted.per_second,
            chat_per_second=wanted.chat_per_second,
            burst=wanted.burst,
        )
        return self._world.limits.as_json()

    async def _reset(self, _: web.Request) -> Json:
        self._world.reset()
        return {"cursor": self._world.feed.seq}


def _seen(message: Message) -> Json:
    return message.as_seen()


def _number(request: web.Request, name: str) -> float:
    try:
        return float(request.query.get(name, "0"))
    except ValueError:
        raise msgspec.DecodeError(f"{name} is not a number") from None
