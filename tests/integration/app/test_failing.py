"""An event that the handlers cannot work leaves nobody without an answer, and no danger unseen."""

from __future__ import annotations

from pathlib import Path

from runtime_scene import FakePlatform, running, sender, until, worker

from bot.app import failing
from bot.app.failing import Failing
from bot.casework.settings import Settings
from bot.content import Content, load
from bot.model.address import Address, Side
from bot.model.event import Body, Event, Lane, TextSaid
from bot.runtime.platform import Arrival
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

DANGER = "aku mau bunuh diri"


class Contents:
    current: Content = load(Path(__file__).parents[3] / "flows", ("id", "en"))

    def edition(self, _: str) -> Content | None:
        return self.current


async def broken(_: Transaction) -> None:
    raise LookupError


def arrival(store: RedisStore, body: Body) -> Arrival:
    person = store.keyring.person_id("test", "7")
    return Arrival("u1", Event("e1", person, 0, body, Side.STUDENT, Address("test", "student", "7"), "id"))


def judge(body: Body) -> Lane:
    return Lane.CRISIS if isinstance(body, TextSaid) and body.text == DANGER else Lane.NORMAL


async def fail_on(store: RedisStore, text: str) -> FakePlatform:
    """What the student is shown when every handler fails on this text."""
    platform = FakePlatform()
    answer = Failing(Contents(), Settings(), judge)
    await store.intake.receive([(arrival(store, TextSaid(text, "1")), Lane.NORMAL)])
    async with running(worker(store, broken, on_failure=answer), sender(store, platform)):
        await until(platform.texts)
        await until(lambda: len(platform.texts()) >= (3 if text == DANGER else 1))
    return platform


async def test_danger_goes_to_the_counselors_although_the_handlers_fail(store: RedisStore) -> None:
    platform = await fail_on(store, DANGER)
    texts = "\n".join(platform.texts("7"))
    assert "konselor" in texts
    assert "119" in texts
    assert (await store.admin.health()).poison == 1


async def test_any_other_message_gets_words_that_say_it_was_not_worked(store: RedisStore) -> None:
    platform = await fail_on(store, "halo")
    assert platform.texts("7") == [Contents.current.say(failing.SORRY, "id")]


def test_the_apology_names_a_way_to_help() -> None:
    assert all("/crisis" in Contents.current.say(failing.SORRY, language) for language in ("id", "en"))
