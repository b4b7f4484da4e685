"""The chats of the world API: what a person does with a phone, and what they see on it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import msgspec
from aiohttp import web

from bot.sandbox import deeds
from bot.sandbox.message import Message
from bot.sandbox.world_requests import Delete, Edit, OpenChat, PressButton, React, Say, Send
from bot.sandbox.world_routes import Route, Routes

Json = dict[str, Any]

LONGEST_WAIT_S = 60.0
CHAT = "/sandbox/chats/{bot}/{user}"


class ChatRoutes(Routes):
    """`/sandbox/chats`."""

    def routes(self) -> Iterable[Route]:
        return (
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
        )

    async def _chats(self, _: web.Request) -> Json:
        return {"chats": [chat.as_seen() for chat in self.world.chats.values()], "cursor": self.world.feed.seq}

    async def _open_chat(self, request: web.Request) -> Json:
        wanted = await self.read(request, OpenChat)
        return self.world.open_chat(self.bot(wanted.bot), self.user(str(wanted.user))).as_seen()

    async def _chat(self, request: web.Request) -> Json:
        return self.chat(request).as_seen()

    async def _messages(self, request: web.Request) -> Json:
        """Messages changed after the change `after`; waits up to `wait` seconds while there are none.

        `by` (bot or person) leaves out the other side's.
        """
        chat = self.chat(request)
        after, wait_s = _number(request, "after"), min(_number(request, "wait"), LONGEST_WAIT_S)
        until = asyncio.get_running_loop().time() + wait_s
        sides = {"bot": (True,), "person": (False,)}.get(request.query.get("by", ""), (True, False))
        while not (changed := [one for one in chat.messages.values() if one.changed > after and one.by_bot in sides]):
            left = until - asyncio.get_running_loop().time()
            if left <= 0 or not await chat.bell.wait_up_to(left):
                break
        changed.sort(key=lambda one: one.changed)
        return {"cursor": self.world.feed.seq, "messages": [one.as_seen() for one in changed]}

    async def _say(self, request: web.Request) -> Json:
        wanted, chat = await self.read(request, Say), self.chat(request)
        return _seen(deeds.say(self.world, chat, wanted.text, reply_to=wanted.reply_to, thread=wanted.thread))

    async def _edit(self, request: web.Request) -> Json:
        wanted = await self.read(request, Edit)
        return _seen(deeds.edit(self.world, self.chat(request), wanted.message, wanted.text))

    async def _send(self, request: web.Request) -> Json:
        wanted, chat = await self.read(request, Send), self.chat(request)
        told = {"caption": wanted.caption}
        return _seen(
            deeds.send_media(self.world, chat, wanted.kind, **told, reply_to=wanted.reply_to, thread=wanted.thread)
        )

    async def _press(self, request: web.Request) -> Json:
        wanted, chat = await self.read(request, PressButton), self.chat(request)
        pressed = deeds.press(self.world, chat, number=wanted.message, token=wanted.token, label=wanted.label)
        try:
            async with asyncio.timeout(min(wanted.wait, LONGEST_WAIT_S)):
                answer = await asyncio.shield(pressed.answer)
        except TimeoutError:
            return {"answered": False, "text": "", "alert": False, "url": ""}
        return {"answered": True, **answer}

    async def _react(self, request: web.Request) -> Json:
        wanted = await self.read(request, React)
        return _seen(deeds.react(self.world, self.chat(request), wanted.message, wanted.emoji))

    async def _delete(self, request: web.Request) -> Json:
        wanted = await self.read(request, Delete)
        return _seen(deeds.delete(self.world, self.chat(request), wanted.message))

    async def _block(self, request: web.Request) -> Json:
        chat = self.chat(request)
        deeds.block(self.world, chat, blocked=True)
        return chat.as_seen()

    async def _unblock(self, request: web.Request) -> Json:
        chat = self.chat(request)
        deeds.block(self.world, chat, blocked=False)
        return chat.as_seen()


def _seen(message: Message) -> Json:
    return message.as_seen()


def _number(request: web.Request, name: str) -> float:
    try:
        return float(request.query.get(name, "0"))
    except ValueError:
        raise msgspec.DecodeError(f"{name} is not a number") from None
