"""What the doctor says of how a platform hands updates over."""

from __future__ import annotations

import pytest

from bot.app.examining import FRESH_MS, receiving
from bot.platforms.telegram.reception import reception_of
from bot.platforms.telegram.shapes import Wrong
from bot.runtime.platform import Reception

NOW = 1_800_000_000_000
OURS = "https://bot.example.org/telegram/student"


def info(url: str = "", waiting: int = 0, **more: object) -> dict[str, object]:
    return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting, **more}


@pytest.mark.parametrize(
    ("found", "by_webhook", "well", "told"),
    [
        (info(waiting=3), False, True, "@s_bot, 3 updates wait"),
        (info(OURS, 3), True, True, "3 updates wait"),
        (info(OURS), False, False, "a webhook is set, though telegram.mode is polling"),
        (info(), True, False, "no webhook is set; the gateway sets it"),
        (info("https://old.example.org/x"), True, False, "elsewhere than at telegram.webhook.url"),
    ],
)
def test_a_platform_that_hands_updates_over_otherwise_than_the_config_says_is_not_well(
    found: dict[str, object], by_webhook: bool, well: bool, told: str
) -> None:
    reception = reception_of(found, OURS if by_webhook else "")
    finding = receiving("student", "s_bot", reception, NOW, by_webhook=by_webhook)
    assert finding.well is well
    assert told in finding.told
    assert "example.org" not in finding.told


@pytest.mark.parametrize(("ago_ms", "well"), [(90_000, False), (FRESH_MS, True)])
def test_a_webhook_that_fails_now_is_told_with_its_reason(ago_ms: int, well: bool) -> None:
    failed = {"last_error_date": (NOW - ago_ms) // 1000, "last_error_message": "Wrong response: 502 Bad Gateway"}
    finding = receiving("student", "s_bot", reception_of(info(OURS, 7, **failed), OURS), NOW, by_webhook=True)
    assert finding.well is well
    assert ("1 min ago" in finding.told and "502 Bad Gateway" in finding.told) is not well


@pytest.mark.parametrize("telltale", ["https://u:p@host/telegram/student", "10.20.30.40:8443", "chat 4815162342"])
def test_no_address_and_no_id_of_a_failure_is_told(telltale: str) -> None:
    failed = {"last_error_date": NOW // 1000, "last_error_message": f"Connection refused {telltale} by peer"}
    reception = reception_of(info(OURS, **failed), OURS)
    assert reception.failure.startswith("Connection refused")
    assert telltale.rsplit(maxsplit=1)[-1] not in reception.failure


@pytest.mark.parametrize("nonsense", [None, [], {}, {"url": 3}, {"url": "", "pending_update_count": "many"}])
def test_an_answer_of_another_shape_is_named_as_wrong(nonsense: object) -> None:
    with pytest.raises(Wrong):
        reception_of(nonsense, "")


def test_a_bot_that_was_never_failed_on_tells_of_no_failure() -> None:
    assert reception_of(info(), "") == Reception(pushes=False, as_wanted=True, waiting=0)
