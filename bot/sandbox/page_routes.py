"""Serves the page with the phones, its parts, the scene, and the pictures in its chats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bot.sandbox.world import World

PAGE = Path(__file__).parent / "page"
POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; object-src 'none'; base-uri 'none'"
"""Nothing from elsewhere and no inline script: what people write can never become code."""


class PageRoutes:
    """`people` is the scene: whose phones are open when the page comes up."""

    def __init__(self, world: World, people: Sequence[dict[str, object]]) -> None:
        self._world = world
        self._people = people

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", self._index)
        app.router.add_get("/sandbox/scene", self._scene)
        app.router.add_get("/sandbox/files/{unique_id}", self._file)
        app.router.add_static("/page/", PAGE)
        app.on_response_prepare.append(self._harden)

    async def _index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _scene(self, _: web.Request) -> web.Response:
        return web.json_response({"people": list(self._people), "cursor": self._world.feed.seq})

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._world.files.by_unique_id(request.match_info["unique_id"])
        if stored is None:
            raise web.HTTPNotFound
        # Only pictures are shown as what they are: a document could be a page with a script.
        mime = stored.mime if stored.mime in {"image/jpeg", "image/png", "image/webp"} else "application/octet-stream"
        return web.Response(body=stored.content, content_type=mime)

    @staticmethod
    async def _harden(request: web.Request, response: web.StreamResponse) -> None:
        if request.path == "/" or request.path.startswith(("/page/", "/sandbox/")):
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers.setdefault("Cache-Control", "no-cache")
