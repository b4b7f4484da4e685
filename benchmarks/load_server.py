"""A Bot API server that is lean enough to measure bots with: people who converse at once, and nothing else.

Every person goes through one conversation, a step as soon as the bot has answered the one before: `texts` says some
words and takes any answer; `check-in` says /start and then presses a button of each question; `open` stops before the
last one. Prints its port, and at
the end the counts and times as JSON. It reads bodies by searching in them and keeps no messages, so that it costs
a small part of what any bot costs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
import statistics
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from processes import p99

Json = dict[str, Any]

CHOICES = (0, 0, 1, 6, 2, 0, 0, 2)
"""Which button of each question is pressed: age, consent, mood, weight, topic, safety, words; then information."""
FIRST_PERSON = 10_000
COMES_WITHIN_S = 60
OVER_WITHIN_S = 600
"""A bot that does not start, or stops answering, ends the measurement instead of holding it up for ever."""
TOKEN = re.compile(rb'callback_data\\?": ?\\?"([^"\\]+)')
"""In a form, or in JSON within JSON."""
CHAT = re.compile(rb"(?:^|&)chat_id=(-?\d+)|\"chat_id\": ?\"?(-?\d+)")
ARRIVING = frozenset({"sendmessage", "editmessagetext"})


@dataclass
class Person:
    """One conversation: `step` counts the updates that this person has caused."""

    number: int
    step: int = 0
    asked_at: float = 0.0
    waits: bool = False


@dataclass
class Load:
    """What happens, and how long each answer takes."""

    conversation: str
    people: int
    at_once: int
    settling_s: float = 1.0
    """Between a bot's first look and the first update: what a start costs is measured elsewhere."""
    pending: deque[tuple[int, bytes]] = field(default_factory=deque)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    persons: dict[int, Person] = field(default_factory=dict)
    answers_s: list[float] = field(default_factory=list)
    updates: int = 0
    calls: int = 0
    finished: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    began_at: float = 0.0
    ended_at: float = 0.0

    @property
    def steps(self) -> int:
        return 1 + len(CHOICES) - (self.conversation == "open")

    def begin(self) -> None:
        self.began_at = time.perf_counter()
        for _ in range(min(self.at_once, self.people)):
            self._next_person()

    def _next_person(self) -> None:
        if len(self.persons) < self.people:
            person = Person(FIRST_PERSON + len(self.persons))
            self.persons[person.number] = person
            self._act(person, message(person.number, "/start" if self.conversation != "texts" else "halo, apa kabar?"))

    def _act(self, person: Person, content: Json) -> None:
        self.updates += 1
        update = {"update_id": self.updates, **content}
        self.pending.append((self.updates, json.dumps(update).encode()))
        person.step += 1
        person.asked_at = time.perf_counter()
        person.waits = True
        self.news.set()

    def arrived(self, chat: int, body: bytes) -> None:
        """The bot has sent something to a person."""
        person = self.persons.get(chat)
        if person is None:
            return
        if person.waits:
            person.waits = False
            self.answers_s.append(time.perf_counter() - person.asked_at)
            if person.step == self.steps:
                self._finish()
                return
            if self.conversation == "texts":
                self._act(person, message(chat, f"kata ke-{person.step}"))
                return
        if self.conversation != "texts" and person.step < self.steps:
            tokens = TOKEN.findall(body) or TOKEN.findall(unquote_plus(body.decode()).encode())
            if tokens:
                self._act(person, press(chat, tokens[CHOICES[person.step - 1]].decode()))

    def _finish(self) -> None:
        self.finished += 1
        if self.finished == self.people:
            self.ended_at = time.perf_counter()
            self.over.set()
        self._next_person()

    def result(self) -> Json:
        took = self.ended_at - self.began_at
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "conversation": self.conversation, "people": self.people, "at_once": self.at_once,
            "updates": self.updates, "calls": self.calls, "seconds": round(took, 3),
            "updates_a_second": round(self.updates / took, 1),
            "median_ms": round(statistics.median(self.answers_s) * 1000, 1),
            "p99_ms": round(p99(self.answers_s) * 1000, 1),
            "server_cpu_share": round((used.ru_utime + used.ru_stime) / took, 3),
        }  # fmt: skip


def _who(number: int) -> Json:
    return {"id": number, "is_bot": False, "first_name": f"P{number}", "language_code": "id"}


def message(number: int, text: str) -> Json:
    chat = {"id": number, "type": "private", "first_name": f"P{number}"}
    content: Json = {"message_id": 1, "date": int(time.time()), "chat": chat, "from": _who(number), "text": text}
    if text.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"message": content}


def press(number: int, token: str) -> Json:
    about = {"message_id": 2, "date": int(time.time()), "chat": {"id": number, "type": "private"}, "text": "?"}
    query = {"id": f"{number}{time.time_ns()}", "from": _who(number), "chat_instance": "1", "data": token}
    return {"callback_query": {**query, "message": about}}


class Connection(asyncio.Protocol):
    """HTTP as far as bots speak it: requests one after the other, with a length."""

    def __init__(self, load: Load, student: str) -> None:
        self._load = load
        self._student = student
        self._buffer = b""
        self._requests: deque[tuple[str, str, bytes]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._task:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            found = re.search(rb"(?i)content-length: (\d+)", head)
            assert b"chunked" not in head.lower()
            length = int(found.group(1)) if found else 0
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            path = head.split(b" ", 2)[1].decode()
            _, token, method = path.rsplit("/", 2)
            self._serve(token.removeprefix("bot"), method.lower(), body)

    def _serve(self, token: str, method: str, body: bytes) -> None:
        if method == "getupdates":
            self._task = asyncio.ensure_future(self._updates(token, body))
            return
        self._load.calls += 1
        if method == "getme":
            number = int(token.partition(":")[0])
            me = {"id": number, "is_bot": True, "first_name": "Bot", "username": f"bot{number}_bot"}
            self._answer(json.dumps(me).encode())
            return
        found = CHAT.search(body)
        chat = int(found.group(1) or found.group(2)) if found else 0
        if method in ARRIVING:
            sent = {"message_id": self._load.calls, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
            self._answer(json.dumps(sent).encode())
            self._load.arrived(chat, body)
        else:
            self._answer(b"true")

    async def _updates(self, token: str, body: bytes) -> None:
        load = self._load
        if token.partition(":")[0] != self._student:
            await asyncio.sleep(20)
            self._answer(b"[]")
            return
        load.asked.set()
        found = re.search(rb"offset(?:=|\": ?\"?)(\d+)", body)
        offset = int(found.group(1)) if found else 0
        while load.pending and load.pending[0][0] < offset:
            load.pending.popleft()
        while not load.pending:
            load.news.clear()
            await load.news.wait()
        first = [load.pending[index][1] for index in range(min(100, len(load.pending)))]
        self._answer(b"[" + b",".join(first) + b"]")

    def _answer(self, result: bytes) -> None:
        body = b'{"ok":true,"result":' + result + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        if self._transport and not self._transport.is_closing():
            self._transport.write(head + body)


async def serve(load: Load, student: str, told: Callable[[str], None]) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(load, student), "127.0.0.1", 0)
    told(str(server.sockets[0].getsockname()[1]))
    async with asyncio.timeout(COMES_WITHIN_S):
        await load.asked.wait()
    await asyncio.sleep(load.settling_s)
    told("begins")
    load.begin()
    async with asyncio.timeout(OVER_WITHIN_S):
        await load.over.wait()
    told(json.dumps(load.result()))
    # Bots that still poll are answered until somebody ends this process.
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--conversation", choices=("texts", "check-in", "open"), required=True)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--settling", type=float, default=1.0)
    parser.add_argument("--student", default="1001", help="the number of the bot that people talk to")
    chosen = parser.parse_args()
    asyncio.run(
        serve(
            Load(chosen.conversation, chosen.people, chosen.at_once, chosen.settling),
            chosen.student,
            lambda line: print(line, flush=True),
        )
    )
