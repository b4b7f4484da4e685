"""Calls the Bot API as a bot would, with no library between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.accounts import BotAccount

STUDENT = BotAccount(token="1001:student", username="teman_bot", name="Teman")
STAFF = BotAccount(token="1002:staff", username="petugas_bot", name="Petugas", topics=True)


@dataclass
class Caller:
    """One bot's calls."""

    url: str
    session: aiohttp.ClientSession
    token: str = STUDENT.token

    async def raw(self, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=arguments) as response:
            return response.status, await response.json()

    async def ok(self, method: str, **arguments: Any) -> Any:
        status, body = await self.raw(method, **arguments)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **arguments: Any) -> str:
        """The description, with the code that must agree everywhere."""
        status, body = await self.raw(method, **arguments)
        assert body["ok"] is False, body
        assert status == body["error_code"]
        return f"{status} {body['description']}"
