"""The sandbox as one server: Bot API, world API, live events and the page, on one port.

It knows nothing of the program that is tested against it, and keeps all state in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from aiohttp import web

from bot.sandbox.accounts import BotAccount
from bot.sandbox.api import BotApi
from bot.sandbox.body import MAX_BODY
from bot.sandbox.chat_routes import ChatRoutes
from bot.sandbox.events import EventStream
from bot.sandbox.journal import Journal
from bot.sandbox.page_routes import PageRoutes
from bot.sandbox.restoring import restore
from bot.sandbox.stage_routes import StageRoutes
from bot.sandbox.world import FIRST_RETRY_S, World

SHUTDOWN_S = 0.2
"""Long polls hang for up to a minute; nobody waits for them when the server stops."""


@dataclass(frozen=True, slots=True)
class People:
    """Somebody whose phone the page opens at once. `role` names a text of the page: student, supporter, ..."""

    name: str
    role: str
    language: str
    bot: str
    """The bot's username."""
    id: int = 0
    username: str = ""


class SandboxServer:
    """Start it, read `url`, stop it. `scene` is who is there when the page opens.

    `first_retry_s` is the first pause of a webhook's repetitions; tests make it short. With a `journal` file everything
    that happened is there again after a restart, also after a kill.
    """

    def __init__(
        self,
        bots: Sequence[BotAccount] = (),
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        accept_any_token: bool = False,
        scene: Sequence[People] = (),
        first_retry_s: float = FIRST_RETRY_S,
        journal: Path | None = None,
    ) -> None:
        self.world = World(bots, accept_any_token=accept_any_token)
        self.world.first_retry_s = first_retry_s
        self._journal = Journal(journal) if journal else None
        self._host = host
        self._port = port
        self._scene = tuple(scene)
        self._events = EventStream(self.world.feed)
        self._runner: web.AppRunner | None = None
        self.people: list[dict[str, object]] = []
        """The scene with the ids that its people were given."""

    @property
    def port(self) -> int:
        """The port in use, also where 0 was asked for."""
        return self._port

    @property
    def url(self) -> str:
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    async def start(self) -> None:
        if self._journal:
            restore(self.world, self._journal.entries())
            self.world.keep_in(self._journal)
        self._set_scene()
        app = web.Application(client_max_size=MAX_BODY)
        BotApi(self.world).add_routes(app)
        ChatRoutes(self.world).add_routes(app)
        StageRoutes(self.world).add_routes(app)
        self._events.add_routes(app)
        PageRoutes(self.world, self.people).add_routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=SHUTDOWN_S, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Cuts what is still open."""
        await self._events.stop()
        for bot in self.world.bots.values():
            if bot.webhook:
                await bot.webhook.stop()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self._journal:
            self._journal.close()

    async def cut_streams(self) -> None:
        """Cuts the live connection of every open page, which must come back by itself."""
        await self._events.stop()

    def _set_scene(self) -> None:
        for person in self._scene:
            bot = self.world.bot_named(person.bot)
            if bot is None:
                raise ValueError(f"the scene names a bot that is not declared: {person.bot}")
            user = self.world.add_user(person.name, person.username, person.language, person.id)
            self.world.open_chat(bot, user)
            self.people.append({**asdict(person), "id": user.id})
