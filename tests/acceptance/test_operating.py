"""An operator's day beside a bot that receives by webhook: health, metrics, a drill, the doctor, dead letters."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import aiohttp
import pytest
from cast import Cast
from deployment import QUICK_DRIVER, Deployment, until
from persons import consents

SECRET = "an-acceptance-secret-of-ours"

pytestmark = pytest.mark.timeout(180)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Deployment]:
    """The web port, where updates come in, in a process of its own."""
    made = Deployment(
        tmp_path_factory.mktemp("operating"),
        telegram__driver=QUICK_DRIVER,
        telegram__mode="webhook",
        telegram__webhook__url=f"http://127.0.0.1:{port}",
        telegram__webhook__secret=SECRET,
        web__port=str(port),
    )
    try:
        made.run("web", "web")
        made.run("gateway,worker,sender,clock")
        yield made
    finally:
        made.stop()


async def told(port: int, path: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return await response.text()


async def test_what_students_write_comes_in_by_webhook_and_is_answered(cast: Cast, port: int) -> None:
    student = await cast.student("Rani")
    await consents(student)
    assert "sebaya_updates_total" in await told(port, "/metrics")
    assert '"status": "ok"' in await told(port, "/healthz")


async def test_a_drill_reaches_a_counselor_and_is_told_with_its_times(
    cast: Cast, deployment: Deployment, port: int
) -> None:
    counselor = await cast.counselor("Sari")
    printed = await asyncio.to_thread(deployment.command, "drill", "crisis", "--wait", "2s")
    assert "alerted  after" in printed
    assert "The drill is closed." in printed
    shown = [message.text for message in await counselor.phone.messages()]
    assert any("LATIHAN/DRILL" in text for text in shown)

    async def is_measured() -> bool:
        """By the process that worked it; the web process tells it."""
        return 'sebaya_crisis_alerted_seconds_count{drill="yes",process="clock+' in await told(port, "/metrics")

    await until(is_measured)


async def test_the_doctor_finds_nobody_stuck_and_no_letter_is_dead(deployment: Deployment) -> None:
    printed = await asyncio.to_thread(deployment.command, "doctor")
    assert "ok   orphans: none" in printed
    assert "ok   running bot" in printed
    assert all(f"ok   bot {bot}: " in printed for bot in ("student", "staff"))
    assert "0 updates wait at the platform" in printed
    assert await asyncio.to_thread(deployment.command, "outbox") == "Every message was delivered.\n"


async def test_updates_wait_for_a_store_that_is_gone_and_are_answered_once_it_is_back(
    cast: Cast, deployment: Deployment, port: int
) -> None:
    student = await cast.student("Sam")
    deployment.kill_server()
    await consents(student)

    async def well() -> bool:
        return '"status": "ok"' in await told(port, "/healthz")

    await until(well)
