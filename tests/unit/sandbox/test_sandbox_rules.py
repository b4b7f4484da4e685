"""Small rules of the sandbox that need no server: links, limits, the feed, the page's texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import bot.sandbox
from bot.sandbox.faults import Fault, FaultBook, FaultKind
from bot.sandbox.feed import Feed
from bot.sandbox.keyboards import wrong_with
from bot.sandbox.limits import RateLimits

PAGE = Path(bot.sandbox.__file__).parent / "page"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://example.org/a?b#c", ""),
        ("http://a.id:8080", ""),
        ("sebaya.id", ""),
        ("tg://user?id=1", ""),
        ("tel:119", "Wrong HTTP URL"),
        ("tel:+62119", "Wrong port number specified in the URL"),
        ("https://a.id:99999", "Wrong port number specified in the URL"),
        ("ftp://a.id", "Unsupported URL protocol"),
        ("localhost", "Wrong HTTP URL"),
        ("https://", "URL host is empty"),
        (" ", "URL host is empty"),
    ],
)
def test_a_buttons_link_is_read_as_telegram_reads_it(url: str, why: str) -> None:
    assert wrong_with(url) == why


def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    now = 0.0
    limits = RateLimits(clock=lambda: now)
    limits.switch(on=True, burst=2)
    assert [limits.retry_after(1, 7) for _ in range(3)] == [0, 0, 1]
    assert limits.retry_after(1, 8) == 0
    now = 1.0
    assert [limits.retry_after(1, 7) for _ in range(2)] == [0, 1]


def test_a_call_that_its_chat_may_not_make_takes_nothing_from_the_bot() -> None:
    limits = RateLimits(clock=lambda: 0.0)
    limits.switch(on=True, per_second=2, burst=1)
    assert [limits.retry_after(1, 7) for _ in range(3)] == [0, 1, 1]
    assert limits.retry_after(1, 8) == 0


def test_the_first_fault_that_matches_is_used_up_first() -> None:
    book = FaultBook()
    book.add(Fault(kind=FaultKind.BAD_REQUEST, method="sendPhoto"))
    first = book.add(Fault(kind=FaultKind.TOO_MANY, chat_id=7, times=2))
    assert book.take("sendMessage", 8, 1, "a_bot") is None
    assert book.take("SENDMESSAGE", 7, 1, "a_bot") is first
    assert book.take("sendMessage", 7, 1, "a_bot") is first
    assert book.take("sendMessage", 7, 1, "a_bot") is None
    assert len(book.waiting()) == 1


def test_the_feed_gives_back_what_was_missed_or_says_that_it_cannot() -> None:
    feed = Feed()
    for number in range(3):
        feed.publish("test", number=number)
    assert [one["number"] for one in feed.since(1) or []] == [1, 2]
    assert feed.since(3) == []
    assert feed.since(99) is None


def keys(value: Any, path: str = "") -> set[str]:
    if isinstance(value, dict):
        return {one for key, inner in value.items() for one in keys(inner, f"{path}.{key}")}
    if isinstance(value, list):
        return {one for number, inner in enumerate(value) for one in keys(inner, f"{path}[{number}]")}
    return {path}


def test_the_page_says_the_same_things_in_both_languages() -> None:
    indonesian, english = (json.loads((PAGE / f"texts.{one}.json").read_text()) for one in ("id", "en"))
    assert keys(indonesian) == keys(english)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    for path in PAGE.rglob("*"):
        if path.suffix in {".html", ".css", ".js"}:
            text = (
                path.read_text()
                .replace("http://www.w3.org/", "")
                .replace("https://${", "")
                .replace("https:\\/\\/t", "")
            )
            assert "http://" not in text, path.name
            assert "https://" not in text, path.name
            assert "innerHTML" not in text, path.name
