"""The two bots that the contract is tried on, the platform that serves them, and how persons and time are named."""

from __future__ import annotations

import hashlib

from bot.model.address import Side
from bot.platforms import create
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.webhook import Webhook

STUDENT_TOKEN = "1001:" + "a" * 35
STAFF_TOKEN = "1002:" + "b" * 35
NOW = 1_700_000_000_000


def person_of(platform: str, user: str) -> str:
    return hashlib.sha256(f"{platform}:{user}".encode()).hexdigest()[:16]


def platform_for(driver: str, url: str, webhook: Webhook | None = None) -> TelegramPlatform:
    """Both bots, on the Bot API server at `url`."""
    tokens = {"student": STUDENT_TOKEN, "staff": STAFF_TOKEN}
    sides = {"student": Side.STUDENT, "staff": Side.STAFF}
    return create(driver, tokens, url, person_of, sides, lambda: NOW, webhook)
