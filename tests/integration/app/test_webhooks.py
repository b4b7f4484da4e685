"""What Telegram posts to the web port is stored before it hears 200, once, whatever happens to the store meanwhile."""

from __future__ import annotations

import asyncio
import hmac
import io
import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

import aiohttp
import pytest
from runtime_scene import FakePlatform, running, sender, until, worker

from bot.app.receiving import Receiving
from bot.app.telegram import open_platform
from bot.config import Config
from bot.console import Pulse, WebPort
from bot.console.hooks import STRANGERS_PER_MINUTE
from bot.model.address import Address
from bot.model.event import Body, Lane, TextSaid
from bot.model.outgoing import SendText
from bot.platforms.telegram.webhook import BIGGEST_BODY, SECRET_HEADER
from bot.runtime.loop import Vitals
from bot.runtime.transaction import Transaction
from bot.sandbox.accounts import BotAccount
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SandboxServer
from bot.store import RedisStore

SECRET = "s3cret_-A-long-enough"
STUDENT = BotAccount("11:abc", "sebaya_bot", "Sebaya")
STAFF = BotAccount("12:def", "sebaya_staff_bot", "Sebaya Staf")
UPDATE = {
    "update_id": 9,
    "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "text": "halo"},
}


class Killable(Protocol):
    """A store's server that the test may kill and start again."""

    url: str

    def kill(self) -> None: ...

    def start(self) -> None: ...


def config_for(port: int, api_base: str = "https://api.telegram.org") -> Config:
    return Config.model_validate(
        {
            "telegram": {
                "driver": "python-telegram-bot",
                "api_base": api_base,
                "mode": "webhook",
                "webhook": {"url": f"http://127.0.0.1:{port}", "secret": SECRET},
                "bots": {"student": {"token": STUDENT.token}, "staff": {"token": STAFF.token}},
            }
        }
    )


async def well() -> Pulse:
    return Pulse()


def judged(body: Body) -> Lane:
    return Lane.CRISIS if isinstance(body, TextSaid) and "mati" in body.text else Lane.NORMAL


class Scene:
    """One web process."""

    def __init__(self, store: RedisStore, port: int = 0) -> None:
        self.vitals = Vitals()
        triage: Any = judged
        self.receiving = Receiving(config_for(port), store.intake, store.keyring, triage, self.vitals)
        self.receiving.began = True
        self.web = WebPort("127.0.0.1", port, well, self.receiving.hooks())

    async def post(self, body: bytes | io.BytesIO, secret: str | None = SECRET, path: str = "/telegram/student") -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        url = f"http://127.0.0.1:{self.web.port}{path}"
        async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
            self.headers = dict(response.headers)
            return response.status


@pytest.fixture
async def scene(store: RedisStore) -> AsyncIterator[Scene]:
    made = Scene(store)
    await made.web.open()
    yield made
    await made.web.close()


async def echo(tx: Transaction) -> None:
    """Its message is an effect: it exists once for each commit, however often the handler is tried."""
    assert isinstance(tx.event.body, TextSaid)
    tx.send(Address("test", "student", "echo"), SendText(tx.event.body.text))


async def mailboxes(store: RedisStore) -> int:
    return sum((await store.admin.health()).mailboxes.values())


async def test_an_update_is_stored_when_200_is_said_and_its_repetition_is_not_taken_twice(
    scene: Scene, store: RedisStore
) -> None:
    assert [await scene.post(json.dumps(UPDATE).encode()) for _ in range(2)] == [200, 200]
    assert await mailboxes(store) == 1
    assert (scene.vitals.counts["updates"], scene.vitals.counts["updates repeated"]) == (1, 1)


@pytest.mark.parametrize("secret", ["", "s3cret_-A-long-enougH", SECRET[:-1], SECRET[:1], f"{SECRET}x", None])
async def test_a_wrong_secret_stores_nothing(scene: Scene, store: RedisStore, secret: str | None) -> None:
    assert await scene.post(json.dumps(UPDATE).encode(), secret) == 403
    assert await mailboxes(store) == 0


async def test_the_secret_is_compared_in_constant_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the time of a refusal tells how many of its letters were right."""
    compared: list[bytes] = []

    def compare(given: bytes, wanted: bytes) -> bool:
        compared.append(given)
        return given == wanted

    monkeypatch.setattr(hmac, "compare_digest", compare)
    await scene.post(b"{}", "a guess")
    assert compared == [b"a guess"]


async def test_a_source_that_guesses_is_stopped_and_the_right_secret_still_passes(scene: Scene) -> None:
    answers = [await scene.post(b"{}", "wrong") for _ in range(STRANGERS_PER_MINUTE + 1)]
    assert answers == [403] * STRANGERS_PER_MINUTE + [429]
    assert await scene.post(json.dumps(UPDATE).encode()) == 200


async def test_a_body_that_is_no_update_is_counted_and_never_sent_again(scene: Scene) -> None:
    assert [await scene.post(body) for body in (b"", b"[1]", b"\xff{", b'{"update_id": "x"}')] == [200] * 4
    assert scene.vitals.counts["updates malformed"] == 4


async def test_a_body_that_is_too_big_is_refused(scene: Scene) -> None:
    assert await scene.post(io.BytesIO(b"x" * (BIGGEST_BODY + 1))) == 413


async def test_a_body_of_unsaid_length_is_refused_when_it_gets_too_big(scene: Scene) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(BIGGEST_BODY // 65_536 + 2):
            yield b"x" * 65_536

    url = f"http://127.0.0.1:{scene.web.port}/telegram/student"
    async with aiohttp.ClientSession() as session:
        try:
            async with session.post(url, data=endless(), headers={SECRET_HEADER: SECRET}) as response:
                assert response.status == 413
        except aiohttp.ClientConnectionError:
            pass  # refused while it was still being sent
    assert scene.vitals.counts["updates malformed"] == 0


async def test_a_bot_that_is_still_starting_asks_to_be_sent_it_again(scene: Scene, store: RedisStore) -> None:
    scene.receiving.began = False
    assert await scene.post(json.dumps(UPDATE).encode()) == 503
    assert scene.headers["Retry-After"] == "5"
    assert await mailboxes(store) == 0


async def test_a_path_of_no_bot_takes_nothing(scene: Scene) -> None:
    assert await scene.post(json.dumps(UPDATE).encode(), path="/telegram/cook") == 404


async def test_a_crisis_takes_its_own_lane(scene: Scene, store: RedisStore) -> None:
    update = {**UPDATE, "message": {**UPDATE["message"], "text": "aku mau mati"}}  # type: ignore[dict-item]
    await scene.post(json.dumps(update).encode())
    assert (await store.admin.health()).mailboxes[Lane.CRISIS] == 1


async def test_what_is_sent_while_the_store_is_down_comes_again_and_is_taken_once(
    own_server: Killable, opener: Any
) -> None:
    store: RedisStore = opener(own_server.url)
    await store.prepare()
    sandbox = SandboxServer([STUDENT, STAFF], first_retry_s=0.02)
    await sandbox.start()
    first, second = Scene(store), Scene(store)
    platform = FakePlatform()
    try:
        await first.web.open()
        telegram = await open_platform(config_for(first.web.port, sandbox.url), store.keyring)
        await telegram.prepare("student", ())
        await telegram.close()
        async with SandboxClient(sandbox.url) as world, running(worker(store, echo), sender(store, platform)):
            rani = await world.phone("Rani", STUDENT.username)
            await rani.say("satu")
            await until(platform.texts)
            own_server.kill()
            await rani.say("dua")
            await until(lambda: first.vitals.counts["updates refused"] >= 2)
            port = first.web.port
            await first.web.close()  # its repetitions come to another web process
            second = Scene(store, port)
            await second.web.open()
            own_server.start()
            await until(lambda: len(platform.texts()) >= 2)
            await rani.say("tiga")
            await until(lambda: len(platform.texts()) >= 3)
    finally:
        await asyncio.gather(first.web.close(), second.web.close(), sandbox.stop())
    assert platform.texts() == ["satu", "dua", "tiga"]
