"""The HTTP server of the web port."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from aiohttp import web

from bot.console.hooks import Doorway, Hook, Strangers
from bot.console.metrics import CONTENT_TYPE, exposition
from bot.console.pulse import Pulse

GRACE_S = 1.0
"""How long requests under way may still take when the bot stops; they are tiny."""


class PortTaken(Exception):
    """The web port cannot be opened."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"web port {port} on {host} cannot be opened. Is another bot running? Set web.port to another")


class WebPort:
    """Serves from `open` until `close`. `port` is the real one, also where 0 was asked for."""

    def __init__(
        self, host: str, port: int, take_pulse: Callable[[], Awaitable[Pulse]], hooks: Sequence[Hook] = ()
    ) -> None:
        self.host = host
        self.port = port
        self._take_pulse = take_pulse
        self._hooks = tuple(hooks)
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Raises PortTaken."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        strangers = Strangers()
        for hook in self._hooks:
            app.router.add_post(hook.path, Doorway(hook, strangers).serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=GRACE_S)
        await runner.setup()
        self._runner = runner
        site = web.TCPSite(runner, self.host, self.port)
        try:
            await site.start()
        except OSError:
            await self.close()
            raise PortTaken(self.host, self.port) from None
        self.port = runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _healthz(self, _request: web.Request) -> web.Response:
        pulse = await self._take_pulse()
        status = HTTPStatus.OK if pulse.well else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response(pulse.as_json(), status=status, headers={"Cache-Control": "no-store"})

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=exposition(await self._take_pulse()), headers={"Content-Type": CONTENT_TYPE})
