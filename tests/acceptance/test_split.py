"""Every loop in a process of its own, and two workers; the deadlines are short, so the clock has much to move."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from cast import Cast
from deployment import KNOWN_TO_THE_PLATFORM, QUICK_DRIVER, Deployment
from persons import Person, are_matched, begins_a_talk, checks_in, consents
from running import Running

PARTS = {"gateway": "gateway", "worker-1": "worker", "worker-2": "worker", "sender": "sender", "clock": "clock"}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    made = Deployment(
        tmp_path_factory.mktemp("split"),
        telegram__driver=QUICK_DRIVER,
        matching__offer="4s",
        crisis__alarms="2s,4s,6s",
        crisis__lease="5s",
        crisis__lease_warning="2s",
    )
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def parts(deployment: Deployment) -> dict[str, Running]:
    """All started at once, over one embedded server."""
    started = {name: deployment.start(part, name) for name, part in PARTS.items()}
    for running in started.values():
        running.wait_for_line(lambda line: "the bot runs" in line)
    started["gateway"].wait_for_line(lambda line: KNOWN_TO_THE_PLATFORM in line)
    return started


async def test_an_offer_that_nobody_answers_goes_to_the_next(cast: Cast, parts: dict[str, Running]) -> None:
    first, student = await cast.supporter("Dimas"), await cast.student("Rani")
    await consents(student)
    await checks_in(student)
    await first.sees("offer.new")
    second = await cast.supporter("Bayu")
    await first.sees("offer.passed")
    await are_matched(student, second)
    await second.says("halo")
    await student.reads("halo")
    await student.says("/stop")
    await second.sees("talk.student_ended")


async def test_the_alarm_of_an_unclaimed_case_widens_and_the_student_hears_the_truth(
    cast: Cast, parts: dict[str, Running]
) -> None:
    on_duty, off_duty = await cast.counselor("Sari"), await cast.counselor("Ratna", duty=False)
    coordinator, student = await cast.coordinator("Hendra"), await cast.student("Rani")
    await student.says("/crisis")
    await on_duty.sees("alert.new")
    await student.sees("crisis.alerted")
    assert not await off_duty.has("🔴")
    await off_duty.sees("alert.new")
    await student.sees("crisis.still_waiting")
    await coordinator.sees("alert.for_coordinator")
    await student.sees("crisis.still_waiting")
    await off_duty.takes((await off_duty.has("🔴"))[-1])
    await student.sees("crisis.taken")
    for one in (on_duty, coordinator):
        await one.sees("alert.taken")


async def test_a_silent_counselor_loses_the_case_back_to_the_queue(cast: Cast, parts: dict[str, Running]) -> None:
    counselor, student = await cast.counselor("Sari"), await cast.student("Rani")
    await student.says("/crisis")
    await counselor.takes(await counselor.sees("alert.new"))
    await student.sees("crisis.taken")
    await counselor.sees("claim.warning")
    await counselor.sees("claim.lease_ran_out")
    await student.sees("crisis.back_in_queue")
    await counselor.takes(await counselor.sees("alert.new"))
    await counselor.says("maaf, aku kembali")
    await student.reads("maaf, aku kembali")


async def test_a_killed_worker_and_a_killed_store_lose_nothing(
    deployment: Deployment, cast: Cast, parts: dict[str, Running]
) -> None:
    supporter, student = await cast.supporter("Dimas"), await cast.student("Rani")
    await begins_a_talk(student, supporter)
    texts = [f"kabar {number}" for number in range(12)]
    for number, text in enumerate(texts):
        await student.says(text)
        if number == 3:
            parts["worker-1"].kill()
        if number == 7:
            await asyncio.to_thread(deployment.kill_server)
    for text in texts:
        await in_patience(supporter, text)
    assert [one.text.partition("\n")[2] for one in await supporter.has("kabar ")] == texts


async def in_patience(reader: Person, text: str) -> None:
    """What a killed worker held is taken over after seconds."""
    await reader.phone.wait_for(where=lambda seen: seen.text.endswith(text), timeout=45)


async def test_asked_to_stop_every_process_ends_in_time_and_without_an_error(parts: dict[str, Running]) -> None:
    parts["worker-1"].kill()
    for name, running in parts.items():
        if name != "worker-1":
            assert running.stop() == 0, name
    errors = [event for running in parts.values() for event in running.events() if event["level"] == "error"]
    assert {event["logger"] for event in errors} <= {"bot.store.embedded"}, "but for the server that a test has killed"
