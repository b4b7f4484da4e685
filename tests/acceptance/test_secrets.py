"""Nobody's words in a log, nobody's id in a button: planted ones are searched for everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis
from cast import Cast
from deployment import QUICK_DRIVER, Deployment
from persons import begins_a_talk, closes_with_an_outcome

PHRASE = "kupu-kupu ungu di atas kulkas nenek"
NAME = "Zulaikhawati"
IDS = {"student": 7_310_462_895_013, "supporter": 7_310_462_895_027, "counselor": 7_310_462_895_039}


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    made = Deployment(tmp_path_factory.mktemp("secrets"), telegram__driver=QUICK_DRIVER)
    try:
        made.run()
        yield made
    finally:
        made.stop()


@pytest.fixture
async def told(cast: Cast) -> Cast:
    """The phrase has gone everywhere that words can go, and some of it is still stored."""
    supporter = await cast.supporter("Dimas", id=IDS["supporter"])
    counselor = await cast.counselor("Sari", id=IDS["counselor"])
    student = await cast.student(NAME, id=IDS["student"])
    await begins_a_talk(student, supporter, words=PHRASE)
    for said, reader in ((student, supporter), (supporter, student)):
        await said.says(PHRASE)
        await reader.reads(PHRASE)
    await supporter.says(f"/note {PHRASE}")
    await supporter.sees("case.noted")
    await student.says(f"/{PHRASE}")
    await student.says(f"aku mau bunuh diri {PHRASE}")
    await counselor.takes(await counselor.sees("alert.new"))
    await closes_with_an_outcome(counselor, PHRASE)
    await student.sees("crisis.closed")
    await student.phone.block()
    await cast.world.inject(student.phone.bot, {"message": {"text": PHRASE, "from": {"id": IDS["student"]}}})
    waiting = await cast.student(NAME, id=IDS["student"] + 1)
    await waiting.says(f"aku mau bunuh diri, {PHRASE}")
    await waiting.sees("crisis.contacts")
    return cast


def clear(text: str | bytes) -> list[str]:
    """What of all that was planted stands in a text in clear."""
    told = text.encode() if isinstance(text, str) else text
    planted = [PHRASE, NAME, *map(str, IDS.values()), str(IDS["student"] + 1)]
    return [each for each in planted if each.encode() in told]


async def test_no_words_and_no_ids_stand_in_clear_outside_the_phones(told: Cast) -> None:
    deployment = told.deployment
    assert deployment.logs()
    for log in deployment.logs():
        assert clear(log.read_bytes()) == [], log.name
    await _no_button_tells(told)
    _no_key_tells(deployment)
    files = [path for path in deployment.data.rglob("*") if path.is_file()]
    assert any("aof" in path.name for path in files)
    for path in files:
        assert clear(path.read_bytes()) == [], path.name


async def _no_button_tells(cast: Cast) -> None:
    pressed = 0
    for bot in await cast.world.bots():
        for user in await cast.world.users():
            phone = await cast.world.phone(user.id, str(bot["username"]))
            for message in await phone.history():
                for token in message.tokens:
                    pressed += 1
                    assert clear(token) == []
    assert pressed


def _no_key_tells(deployment: Deployment) -> None:
    with redis.Redis(unix_socket_path=str(deployment.socket)) as server:
        keys = list(server.scan_iter(count=1000))
        assert keys
        for key in keys:
            assert clear(key) == []
            # The bot still runs: a lease may end between the two looks, and then there is nothing to tell.
            assert clear(server.dump(key) or b"") == []
