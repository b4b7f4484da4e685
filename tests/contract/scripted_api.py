"""A Bot API server that says what a test tells it to: every error, cut and nonsense that a real one may give."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

MAKES_A_MESSAGE = ("send", "edit", "copy")
MAKES_NONE = ("sendChatAction",)


@dataclass(frozen=True)
class Seen:
    """A call that arrived: `fields` as they stood in the form, `files` by parameter as (name, content)."""

    token: str
    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]

    def json(self, name: str) -> object:
        return json.loads(self.fields[name])


@dataclass
class Answer:
    """One answer. `body` stands instead of `json`; `cut` closes the connection instead; `hang` waits for the end."""

    status: int = 200
    json: object = None
    body: bytes | None = None
    cut: bool = False
    hang: bool = False


def ok(result: object) -> Answer:
    return Answer(200, {"ok": True, "result": result})


def refusal(status: int, description: str, **parameters: object) -> Answer:
    body = {"ok": False, "error_code": status, "description": description}
    return Answer(status, body | ({"parameters": parameters} if parameters else {}))


CUT = Answer(cut=True)
HANG = Answer(hang=True)


@dataclass
class ScriptedApi:
    """Answers from `script` first, then as Telegram would: updates by offset, message ids that count up."""

    base: str = ""
    seen: list[Seen] = field(default_factory=list)
    updates: list[dict[str, object]] = field(default_factory=list)
    files: dict[str, bytes | Answer] = field(default_factory=dict)
    script: dict[str, deque[Answer | Callable[[Seen], Answer]]] = field(default_factory=lambda: defaultdict(deque))
    next_message: int = 1000
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def says(self, method: str, *answers: Answer | Callable[[Seen], Answer]) -> None:
        self.script[method].extend(answers)

    def calls(self, method: str) -> list[Seen]:
        return [call for call in self.seen if call.method == method]

    @property
    def methods(self) -> list[str]:
        return [call.method for call in self.seen]

    async def method(self, request: web.Request) -> web.StreamResponse:
        call = await read_call(request)
        self.seen.append(call)
        scripted = self.script[call.method]
        answer = scripted.popleft() if scripted else self.usual(call)
        return await self.give(request, answer(call) if callable(answer) else answer)

    async def file(self, request: web.Request) -> web.StreamResponse:
        found = self.files.get(request.match_info["path"])
        if isinstance(found, Answer):
            return await self.give(request, found)
        return web.Response(body=found) if found is not None else web.Response(status=404)

    async def give(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        if answer.hang:
            await self.over.wait()
        if answer.cut or answer.hang:
            assert request.transport is not None
            request.transport.abort()
        if answer.body is not None:
            return web.Response(status=answer.status, body=answer.body, content_type="text/html")
        return web.json_response(answer.json, status=answer.status)

    def usual(self, call: Seen) -> Answer:
        if call.method == "getUpdates":
            return ok(self.waiting(call))
        if call.method == "getMe":
            return ok({"id": 1, "is_bot": True, "first_name": "Sebaya", "username": "sebaya_test_bot"})
        if call.method.startswith(MAKES_A_MESSAGE) and call.method not in MAKES_NONE:
            self.next_message += 1
            return ok({"message_id": self.next_message, "date": 0, "chat": {"id": 7, "type": "private"}})
        return ok(True)

    def waiting(self, call: Seen) -> list[dict[str, object]]:
        offset = int(call.fields.get("offset", "0"))
        self.updates = [update for update in self.updates if int(str(update["update_id"])) >= offset]
        return self.updates[: int(call.fields.get("limit", "100"))]


async def read_call(request: web.Request) -> Seen:
    """A form, or the same as JSON: Telegram takes both."""
    token, method = request.match_info["token"], request.match_info["method"]
    if request.content_type == "application/json":
        told = await request.json()
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in told.items()}
        return Seen(token, method, texts, {})
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            fields[name] = str(value)
    for name, value in list(fields.items()):
        if value.startswith("attach://"):  # the other way in which a form may name a file of its own
            files[name] = files.pop(value.removeprefix("attach://"))
            del fields[name]
    return Seen(token, method, fields, files)
