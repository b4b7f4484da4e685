"""A webhook's request is believed only with the secret, and read whatever its body holds."""

from __future__ import annotations

import json

import pytest

from bot.model.address import Side
from bot.model.event import TextSaid
from bot.platforms.telegram.updates import Origin
from bot.platforms.telegram.webhook import BIGGEST_BODY, TooBig, Webhook, path_of, read_body

ORIGIN = Origin("student", Side.STUDENT, 5, lambda _, user: user)
UPDATE = {
    "update_id": 9,
    "message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}, "text": "halo"},
}


@pytest.mark.parametrize(
    ("header", "believed"), [("s3cret", True), ("s3creT", False), ("", False), (None, False), ("é\ud800", False)]
)
def test_only_the_secret_is_believed(header: str | None, believed: bool) -> None:
    assert Webhook("https://a.example", "s3cret").is_from_telegram(header) is believed


@pytest.mark.parametrize("secret", ["", "has space", "a" * 257, "é", "a\n"])
def test_a_secret_that_telegram_would_refuse_is_refused_at_once(secret: str) -> None:
    with pytest.raises(ValueError, match="1 to 256"):
        Webhook("https://a.example", secret)


def test_a_secret_does_not_show_in_a_log() -> None:
    assert "s3cret" not in repr(Webhook("https://a.example", "s3cret"))


def test_a_body_is_one_update() -> None:
    batch = read_body(json.dumps(UPDATE).encode(), ORIGIN)
    assert [(arrival.key, arrival.event.body) for arrival in batch.arrivals] == [("student:9", TextSaid("halo", "1"))]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'"text"', b"{}", b'{"update_id": "9"}', b"[" * 9999]
)
def test_a_malformed_body_is_counted_and_stops_nothing(body: bytes) -> None:
    batch = read_body(body, ORIGIN)
    assert (batch.arrivals, batch.malformed) == ((), 1)


def test_a_huge_body_is_refused_before_it_is_read() -> None:
    read_body(b" " * BIGGEST_BODY, ORIGIN)
    with pytest.raises(TooBig):
        read_body(b" " * (BIGGEST_BODY + 1), ORIGIN)


def test_each_bot_has_its_own_path() -> None:
    assert path_of("student") != path_of("staff")
