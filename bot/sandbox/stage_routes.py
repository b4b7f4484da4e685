"""Bots, people and failures of the world API: who is there, and what is made to go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from aiohttp import web

from bot.sandbox.deeds import Impossible
from bot.sandbox.faults import Fault
from bot.sandbox.world_requests import BotState, Inject, Limits, NewUser
from bot.sandbox.world_routes import Route, Routes

Json = dict[str, Any]


class StageRoutes(Routes):
    """`/sandbox/bots`, `/sandbox/users`, `/sandbox/faults`, `/sandbox/limits`, `/sandbox/reset`."""

    def routes(self) -> Iterable[Route]:
        return (
            ("GET", "/sandbox/bots", self._bots),
            ("PATCH", "/sandbox/bots/{bot}", self._change_bot),
            ("GET", "/sandbox/bots/{bot}/commands", self._commands),
            ("POST", "/sandbox/bots/{bot}/updates", self._inject),
            ("GET", "/sandbox/users", self._users),
            ("POST", "/sandbox/users", self._new_user),
            ("GET", "/sandbox/faults", self._faults),
            ("POST", "/sandbox/faults", self._add_fault),
            ("DELETE", "/sandbox/faults", self._clear_faults),
            ("DELETE", "/sandbox/faults/{fault}", self._clear_faults),
            ("GET", "/sandbox/limits", self._limits),
            ("PUT", "/sandbox/limits", self._set_limits),
            ("POST", "/sandbox/reset", self._reset),
        )

    async def _bots(self, _: web.Request) -> Json:
        return {"bots": [bot.as_seen() for bot in self.world.bots.values()]}

    async def _change_bot(self, request: web.Request) -> Json:
        bot = self.bot(request.match_info["bot"])
        bot.topics = (await self.read(request, BotState)).topics
        self.world.tell_bot(bot)
        return bot.as_seen()

    async def _commands(self, request: web.Request) -> Json:
        bot, number = self.bot(request.match_info["bot"]), request.query.get("user", "0")
        user = self.world.users.get(int(number)) if number.isdecimal() else None
        language = user.language_code.partition("-")[0] if user else request.query.get("language", "")
        return {"commands": bot.menu.shown_to(user.id if user else 0, language)}

    async def _inject(self, request: web.Request) -> Json:
        bot = self.bot(request.match_info["bot"])
        return {"update_id": bot.updates.put_raw((await self.read(request, Inject)).update).id}

    async def _users(self, _: web.Request) -> Json:
        return {"users": [user.as_seen() for user in self.world.users.values()]}

    async def _new_user(self, request: web.Request) -> Json:
        wanted = await self.read(request, NewUser)
        if wanted.id in self.world.users:
            raise Impossible("there is somebody with this id")
        return self.world.add_user(wanted.first_name, wanted.username, wanted.language_code, wanted.id).as_seen()

    async def _faults(self, _: web.Request) -> Json:
        return {"faults": [msgspec.to_builtins(fault) for fault in self.world.faults.waiting()]}

    async def _add_fault(self, request: web.Request) -> Any:
        fault = self.world.faults.add(await self.read(request, Fault))
        self._tell_faults()
        return msgspec.to_builtins(fault)

    async def _clear_faults(self, request: web.Request) -> Json:
        number = request.match_info.get("fault", "0")
        self.world.faults.clear(int(number) if number.isdecimal() else -1)
        self._tell_faults()
        return await self._faults(request)

    def _tell_faults(self) -> None:
        self.world.feed.publish("faults", waiting=len(self.world.faults.waiting()))

    async def _limits(self, _: web.Request) -> Json:
        return self.world.limits.as_json()

    async def _set_limits(self, request: web.Request) -> Json:
        wanted = await self.read(request, Limits)
        self.world.limits.switch(
            on=wanted.on,
            per_second=wanted.per_second,
            chat_per_second=wanted.chat_per_second,
            burst=wanted.burst,
        )
        return self.world.limits.as_json()

    async def _reset(self, _: web.Request) -> Json:
        self.world.reset()
        return {"cursor": self.world.feed.seq}
