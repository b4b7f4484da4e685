"""The story while the bot is killed at ten random moments: nothing is lost, and nothing takes effect twice.

A kill may repeat the one message that was on its way to a chat: it was sent, and not yet noted as sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from deployment import QUICK_DRIVER, Deployment
from persons import Person, are_matched, checks_in, closes_with_an_outcome, consents, debriefs
from running import Running

KILLS = 10
SEED = 20_261_121
MOST_CHANGES = 12
"""After this many changes on phones at most, a bot that has come back is killed again."""
LONGEST_DELAY_S = 0.03
"""A moment more, so that a kill comes not only just after a message was sent."""
LONGEST_LIFE_S = 6.0
"""Killed then at the latest: while it starts, or while it waits for what its dead predecessor holds."""
PATIENCE_S = 60.0
"""A step may have to wait for several starts of the bot."""

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    made = Deployment(tmp_path_factory.mktemp("kills"), telegram__driver=QUICK_DRIVER)
    try:
        yield made
    finally:
        made.stop()


class Killer:
    """Kills the bot at random moments, `KILLS` times, and starts it again each time."""

    def __init__(self, deployment: Deployment, cast: Cast) -> None:
        self.kills = 0
        self.bot: Running = deployment.run()
        self._deployment = deployment
        self._cast = cast
        self._chance = random.Random(SEED)  # noqa: S311 - the same moments in every run

    @property
    def done(self) -> bool:
        return self.kills == KILLS

    async def run(self) -> None:
        while not self.done:
            changes, life_s = self._chance.randint(1, MOST_CHANGES), self._chance.random() * LONGEST_LIFE_S
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(life_s):
                    await self._some_changes(changes)
            await asyncio.sleep(self._chance.random() * LONGEST_DELAY_S)
            self.bot.kill()
            self.kills += 1
            self.bot = self._deployment.start()

    async def _some_changes(self, count: int) -> None:
        async for change in self._cast.world.changes():
            count -= change["type"] == "message"
            if count <= 0:
                return


@pytest.fixture
def killer(deployment: Deployment, cast: Cast) -> Killer:
    return Killer(deployment, cast)


def patient(person: Person) -> Person:
    """Presses and does not wait for the answer: whoever should give it may be dead."""
    person.wait_s, person.press_wait_s = PATIENCE_S, 0.0
    return person


async def test_a_story_survives_ten_kills_without_loss_or_repetition(cast: Cast, killer: Killer) -> None:
    supporter, counselor = patient(await cast.supporter("Dimas")), patient(await cast.counselor("Sari"))
    coordinator = await cast.coordinator("Hendra")
    student = patient(await cast.student("Rani"))
    async with asyncio.TaskGroup() as both:
        both.create_task(killer.run())
        story = both.create_task(_story(killer, student, supporter, counselor))
    for reader, texts in story.result():
        await _has_each_once(reader, texts)
    for reader, keys in (
        (student, ("talk.begun_student", "crisis.taken", "crisis.closed")),
        (supporter, ("talk.begun_supporter", "talk.handed_over")),
        (counselor, ("alert.new", "claim.closed")),
    ):
        for key in keys:
            assert await _times(reader, key) <= 1 + await _repeated(reader), key
    await _nothing_is_left(coordinator)


Read = list[tuple[Person, list[str]]]
"""What each should have read, in order."""


async def _story(killer: Killer, student: Person, supporter: Person, counselor: Person) -> Read:
    await consents(student)
    await checks_in(student)
    await are_matched(student, supporter)
    read = await _talk_until(lambda: killer.kills >= KILLS // 2, student, supporter)
    await student.says("aku mau bunuh diri")
    await student.sees("crisis.alerted")
    await counselor.taps(counselor.wording.label("alert.take"), await counselor.sees("alert.new"))
    await student.sees("crisis.taken")
    await counselor.says("aku konselor")
    await supporter.sees("talk.handed_over")
    read += await _talk_until(lambda: killer.done, student, counselor)
    await closes_with_an_outcome(counselor, "besok ditelepon")
    await student.sees("crisis.closed")
    await debriefs(supporter)
    return read


async def _talk_until(done: Callable[[], bool], student: Person, helper: Person) -> Read:
    """Numbered words both ways, at once and unasked, until the killer has killed enough and everything is read."""
    there: list[str] = []
    back: list[str] = []
    while True:
        number = len(there)
        there.append(f"{helper.phone.user} kabar {number} dari siswa")
        back.append(f"{helper.phone.user} kabar {number} untuk siswa")
        await asyncio.gather(student.says(there[-1]), helper.says(back[-1]))
        await asyncio.gather(helper.reads(there[-1]), student.reads(back[-1]))
        if done():
            return [(helper, there), (student, back)]


async def _has_each_once(reader: Person, texts: list[str]) -> None:
    """All there, in order; a repetition only where a kill may have caused it."""
    shown = [one.text.partition("\n")[2] for one in await reader.phone.messages() if one.by == "bot"]
    read = [text for text in shown if text in set(texts)]
    assert list(dict.fromkeys(read)) == texts, "something is lost or out of order"
    assert len(read) - len(texts) <= KILLS
    assert max(Counter(read).values()) <= 2
    # What is repeated follows at once: nothing else went out to this chat between.
    assert all(read.index(text) + 1 == len(read) - 1 - read[::-1].index(text) for text in texts if read.count(text) > 1)


async def _times(reader: Person, key: str) -> int:
    return len(await reader.has(reader.wording.part(key)))


async def _repeated(reader: Person) -> int:
    """How many messages stand twice in a row in a chat, word for word."""
    mine = [one.text for one in await reader.phone.messages() if one.by == "bot"]
    return sum(a == b for a, b in itertools.pairwise(mine))


async def _nothing_is_left(coordinator: Person) -> None:
    await coordinator.says("/queue")
    seen = await coordinator.sees("coordinator.overview")
    assert [line.rpartition(": ")[2] for line in seen.text.splitlines()[:3]] == ["0", "0", "0"]
