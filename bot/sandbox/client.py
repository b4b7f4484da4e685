"""Acting as people on a running sandbox, for tests and scripts. No sleeps: everything waits for the change itself.

    async with SandboxClient("http://127.0.0.1:8081") as world:
        rani = await world.phone("Rani", "sebaya_bot")            # a new person; or a user id, or a User
        await rani.say("/start")
        await rani.wait_for("Halo")                               # the bot's next message with these words
        await rani.press("Ya, setuju")                            # a button by its label, or by its token
        answer = await rani.ask("aku capek", "Seberapa berat")    # say it, wait for the answer to it
        assert answer.labels == ["1", "2", "3"]

**What `wait_for` sees.** It looks at what the bot has sent or changed since the last message that `wait_for` gave back,
in order: waiting for "a" and then for "b" finds them in that order, even when both have long arrived, and nothing
twice. Messages in between are passed over. `skip()` passes over all that has arrived; `ask` does so first.
`messages()` reads the whole history and moves nothing.

**What it raises.** `TimeoutError` with the last messages in its text, so that a failing test tells what there was
instead; `WorldError` when a deed is refused (a blocked bot, a button that is not there).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec

from bot.sandbox.phone import Phone
from bot.sandbox.sights import Seen, User, WorldError

__all__ = ["Phone", "SandboxClient", "Seen", "User", "WorldError"]

Json = dict[str, Any]

NO_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10)
"""Requests that wait say for how long; the server keeps to it."""


class SandboxClient:
    """Close it, or use it with `async with`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def call(self, verb: str, path: str, body: Json | None = None, **query: str | float) -> Json:
        """One request to `/sandbox/<path>`. Raises WorldError with what the sandbox says."""
        self._session = self._session or aiohttp.ClientSession(timeout=NO_TIMEOUT)
        address = f"{self.url}/sandbox/{path}"
        params = {key: str(value) for key, value in query.items()}
        async with self._session.request(verb, address, json=body, params=params) as response:
            told: Json = await response.json()
            if response.status != 200:
                raise WorldError(response.status, str(told.get("error", "")))
            return told

    # People and bots.

    async def phone(self, user: str | int | User, bot: str, *, language: str = "id", username: str = "") -> Phone:
        """The phone of a person with the chat of a bot open. A name makes a new person; the chat is not started."""
        if isinstance(user, str):
            user = await self.new_user(user, language=language, username=username)
        number = user if isinstance(user, int) else user.id
        await self.call("POST", "chats", {"bot": bot, "user": number})
        return Phone(self.call, bot, number)

    async def new_user(self, first_name: str, *, username: str = "", language: str = "id", id: int = 0) -> User:  # noqa: A002 - Telegram's word
        body = {"first_name": first_name, "username": username, "language_code": language, "id": id}
        return msgspec.convert(await self.call("POST", "users", body), User)

    async def users(self) -> list[User]:
        return msgspec.convert((await self.call("GET", "users"))["users"], list[User])

    async def bots(self) -> list[Json]:
        """Each with `id`, `username`, `name`, `topics`, `online`, `waiting_updates`."""
        found: list[Json] = (await self.call("GET", "bots"))["bots"]
        return found

    async def set_topics(self, bot: str, *, on: bool) -> None:
        """Whether the bot's private chats may have topics."""
        await self.call("PATCH", f"bots/{bot}", {"topics": on})

    async def inject(self, bot: str, update: Json) -> int:
        """Hands the bot a made-up update, broken or of an unknown kind; returns its `update_id`."""
        return int((await self.call("POST", f"bots/{bot}/updates", {"update": update}))["update_id"])

    # Failures.

    async def fault(
        self,
        kind: str,
        method: str | None = None,
        *,
        chat: int | None = None,
        bot: str | None = None,
        times: int = 1,
        retry_after: int = 1,
        delay: float = 0.5,
        description: str = "",
    ) -> int:
        """The next `times` matching calls fail (0: until cleared). Kinds: 429 400 401 403 409 500 502 drop-before
        drop-after slow nonsense. Returns the fault's id."""
        body: Json = {"kind": kind, "method": method, "chat_id": chat, "bot": bot, "times": times}
        body |= {"retry_after": retry_after, "delay": delay, "description": description}
        return int((await self.call("POST", "faults", body))["id"])

    async def faults(self) -> list[Json]:
        """Those that still wait for a call."""
        found: list[Json] = (await self.call("GET", "faults"))["faults"]
        return found

    async def clear_faults(self) -> None:
        await self.call("DELETE", "faults")

    async def limits(self, *, on: bool, per_second: float = 30, chat_per_second: float = 1, burst: int = 5) -> None:
        """Switches Telegram's rate limits on or off."""
        body = {"on": on, "per_second": per_second, "chat_per_second": chat_per_second, "burst": burst}
        await self.call("PUT", "limits", body)

    async def reset(self) -> None:
        """Forgets people, chats, files, faults and waiting updates."""
        await self.call("POST", "reset")

    # Watching.

    async def changes(self, after: int | None = None) -> AsyncIterator[Json]:
        """Every change as it happens (or from the change `after` on), until the caller stops."""
        self._session = self._session or aiohttp.ClientSession(timeout=NO_TIMEOUT)
        params = {} if after is None else {"after": str(after)}
        async with self._session.get(f"{self.url}/sandbox/events", params=params) as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    yield msgspec.json.decode(line[6:])

    async def wait_for_change(self, where: Callable[[Json], bool], *, after: int = 0, timeout: float = 10) -> Json:  # noqa: ASYNC109 - part of the interface
        """The first change after `after` for which `where` is true."""
        async with asyncio.timeout(timeout):
            async for change in self.changes(after):
                if where(change):
                    return change
        raise TimeoutError("the sandbox ended the stream of changes")
