"""The main job, whole, by one running bot of each driver: from a student's first message to the end of the talk, in
both languages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from deployment import Deployment
from persons import Person, are_matched, begins_a_talk, checks_in, closes_with_an_outcome, consents, debriefs

from bot.model.person import Role
from bot.platforms import DRIVERS
from bot.sandbox.client import Seen


@pytest.fixture(scope="module", params=DRIVERS)
def deployment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    made = Deployment(tmp_path_factory.mktemp("story"), telegram__driver=request.param)
    try:
        made.run()
        yield made
    finally:
        made.stop()


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest, cast: Cast) -> str:
    cast.language = request.param
    return cast.language


async def test_a_student_is_heard_from_the_first_word_to_the_debriefing(cast: Cast, language: str) -> None:
    supporter = await cast.supporter("Dimas")
    student = await cast.student("Rani")
    await begins_a_talk(student, supporter, words="ujian terus, capek" if language == "id" else "exams, so tired")

    for text in ("halo, makasih", "*bold* _it_ <b>html</b> [a](b) `x` \\n", "🌧️🌧️", "a" * 3000):
        said = await student.says(text)
        await supporter.reads(text)
        await student.gets_a_mark(said)
    answer = await supporter.says("aku di sini")
    await student.reads("aku di sini")
    await supporter.gets_a_mark(answer)

    await student.says("/stop")
    await supporter.sees("talk.student_ended")
    await student.chooses("closing", "mood", "🙂")
    await student.chooses("closing", "weight", "3")
    await student.chooses("closing", "heard", "yes")
    await student.chooses("closing", "again", "same")
    await debriefs(supporter)


async def test_a_crisis_in_a_talk_keeps_the_peer_until_the_counselor_has_written(cast: Cast, language: str) -> None:
    supporter, counselor = await cast.supporter("Dimas"), await cast.counselor("Sari")
    student = await cast.student("Rani")
    await begins_a_talk(student, supporter)

    danger, matched = (
        ("aku mau bunuh diri", "bunuh diri") if language == "id" else ("I want to end my life", "end my life")
    )
    await student.says(danger)
    await student.sees("crisis.contacts")
    await student.sees("crisis.alerted")
    await supporter.reads(danger)
    await counselor.takes(await counselor.sees("alert.new", also=matched))
    await student.sees("crisis.taken")
    await supporter.says("aku masih di sini")
    await student.reads("aku masih di sini")
    await counselor.says("aku konselor")
    await student.reads("aku konselor")
    await supporter.sees("talk.handed_over")

    await closes_with_an_outcome(counselor, "besok ditelepon")
    await student.sees("crisis.closed")
    assert not await student.has("besok ditelepon")


@pytest.mark.parametrize("way", ["the safety question", "the command", "their words"])
async def test_a_crisis_reaches_a_counselor_without_any_case(cast: Cast, way: str) -> None:
    counselor, student = await cast.counselor("Sari"), await cast.student("Rani")
    if way == "the safety question":
        await consents(student)
        await checks_in(student, safety="now")
    else:
        await student.says("/crisis" if way == "the command" else "aku mau bunuh diri")
    await is_helped(student, counselor)


async def test_a_supporter_who_is_in_danger_is_helped_too(cast: Cast) -> None:
    counselor, supporter = await cast.counselor("Sari"), await cast.supporter("Dimas")
    await supporter.says("aku mau bunuh diri")
    await is_helped(supporter, counselor)


async def is_helped(person: Person, counselor: Person) -> None:
    await person.sees("crisis.contacts")
    await counselor.takes(await counselor.sees("alert.new"))
    await person.sees("crisis.taken")
    await counselor.says("aku di sini")
    await person.reads("aku di sini")


async def test_of_two_counselors_who_take_at_once_one_gets_it_and_the_other_hears_who(cast: Cast) -> None:
    both = [await cast.counselor("Sari"), await cast.counselor("Ratna")]
    take, yours = (both[0].wording.label("alert.take"), both[0].wording.part("claim.yours", 1))
    for turn in range(1, 4):
        student = await cast.student(f"Rani{turn}")
        await student.says("/crisis")
        alerts = [await one.sees("alert.new") for one in both]
        await asyncio.gather(*(one.phone.press(take, alert) for one, alert in zip(both, alerts, strict=True)))
        await student.sees("crisis.taken")
        shown = {(await one.sees("alert.taken")).text for one in both}
        assert len(shown) == 1, "both are shown the same holder"
        told = [one.phone.wait_for(where=knows(one), timeout=one.wait_s) for one in both]
        assert sorted(yours in seen.text for seen in await asyncio.gather(*told)) == [False, True]
        assert sum([len(await one.has(yours)) for one in both]) == turn


def knows(counselor: Person) -> Callable[[Seen], bool]:
    """Told that the case is theirs, or whose it is."""
    parts = counselor.wording.part("claim.yours", 1), counselor.wording.part("claim.taken")
    return lambda seen: any(part in seen.text for part in parts) and "✅" not in seen.text


async def test_a_waiting_list_drains_in_order(cast: Cast) -> None:
    first, second = await cast.student("Rani"), await cast.student("Putri")
    for place, student in enumerate((first, second), start=1):
        await consents(student)
        await checks_in(student)
        assert f" {place}." in (await student.sees("waiting.nobody_on_duty")).text
    await first.says("satu dari yang pertama")
    await first.sees("waiting.kept")

    supporter = await cast.supporter("Dimas", code=invited_by_command(cast.deployment))
    await are_matched(first, supporter)
    await supporter.reads("satu dari yang pertama")
    await supporter.says("/close")
    await supporter.sees("talk.you_ended")
    await are_matched(second, supporter)
    await second.says("/stop")
    await supporter.sees("talk.student_ended")


def invited_by_command(deployment: Deployment) -> str:
    return deployment.command("invite", Role.SUPPORTER.value, "--trained").split()[-1]


async def test_who_writes_to_a_student_that_blocked_the_bot_is_told(cast: Cast) -> None:
    supporter, student = await cast.supporter("Dimas"), await cast.student("Rani")
    await begins_a_talk(student, supporter)
    await student.phone.block()
    await supporter.sees("talk.student_unreachable")
    await supporter.gets_a_mark(await supporter.says("kamu di sana?"))
    await supporter.sees("talk.failed_blocked")
