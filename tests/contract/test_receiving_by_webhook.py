"""What may be posted to a webhook and by whom: the secret decides, and nothing that is posted does any harm."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram_updates import message
from ways_in import SECRET, Door

from bot.console.hooks import STRANGERS_PER_MINUTE
from bot.model.event import TextSaid
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.webhook import BIGGEST_BODY

pytestmark = pytest.mark.parametrize("mode", ["webhook"], indirect=True)

UPDATE = json.dumps({"update_id": 500, **message(text="halo")}).encode()


@pytest.fixture(autouse=True)
def served(platform: TelegramPlatform, door: Door) -> None:
    door.platform = platform


async def test_what_telegram_posts_is_taken(door: Door) -> None:
    assert await door.post(UPDATE) == 200
    [batch] = door.taken()
    assert [arrival.event.body for arrival in batch.arrivals] == [TextSaid("halo", "10")]
    assert batch.arrivals[0].key == "student:500"


async def test_each_bot_has_a_path_of_its_own(door: Door) -> None:
    assert await door.post(UPDATE, bot="staff") == 200
    [batch] = door.taken("staff")
    assert batch.arrivals[0].key == "staff:500"
    assert door.taken("student") == []


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "a", SECRET.upper(), "sécret"])
async def test_a_wrong_secret_is_sent_away(door: Door, secret: str | None) -> None:
    assert await door.post(UPDATE, secret) == 403
    assert door.taken() == []


async def test_who_guesses_secrets_is_stopped_and_telegram_still_passes(door: Door) -> None:
    answers = [await door.post(UPDATE, "guess") for _ in range(STRANGERS_PER_MINUTE + 1)]
    assert answers[-1] == 429
    assert await door.post(UPDATE) == 200


MALFORMED = {
    "empty": b"",
    "white space": b" \n",
    "no JSON": b"{{{",
    "half an update": UPDATE[:-20],
    "no UTF-8": b'{"update_id": 1, "message": "\xff\xfe"}',
    "a list": b"[1]",
    "a number": b"7",
    "no number": json.dumps(message(text="a")).encode(),
    "a number in words": b'{"update_id": "one"}',
    "nothing within": b'{"update_id": 1, "message": null}',
    "deep": b'{"update_id":1,"message":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a huge number": b'{"update_id":' + b"9" * 5_000 + b"}",
    "not a number": b'{"update_id": NaN}',
}


@pytest.mark.parametrize("body", MALFORMED)
async def test_what_is_no_update_is_counted_and_not_asked_for_again(door: Door, body: str) -> None:
    assert await door.post(MALFORMED[body]) == 200
    [batch] = door.taken()
    assert (batch.arrivals, batch.malformed) == ((), 1)
    assert await door.post(UPDATE) == 200


async def test_the_biggest_body_is_read_and_a_bigger_one_is_refused(door: Door) -> None:
    assert await door.post(UPDATE + b" " * (BIGGEST_BODY - len(UPDATE))) == 200
    assert len(door.taken()[0].arrivals) == 1
    assert await door.post(UPDATE + b" " * (BIGGEST_BODY + 1 - len(UPDATE))) == 413
    assert door.taken() == []


async def test_a_body_that_does_not_say_how_big_it_is_is_refused_all_the_same(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(BIGGEST_BODY // 65_536 + 2):
            yield b" " * 65_536

    with contextlib.suppress(aiohttp.ClientConnectionError):  # refused while it was still being sent
        assert await door.post(endless()) == 413
    assert door.taken() == []


async def test_what_cannot_be_stored_is_to_be_sent_again(door: Door) -> None:
    door.refusals = 1
    assert [await door.post(UPDATE) for _ in range(2)] == [503, 200]
    assert len(door.taken()) == 1


async def test_the_same_update_twice_has_the_same_key(door: Door) -> None:
    assert [await door.post(UPDATE) for _ in range(2)] == [200, 200]
    first, second = door.taken()
    assert first == second
