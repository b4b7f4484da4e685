"""A student's and a staff's bot on the sandbox, and the addresses of its people."""

from __future__ import annotations

import pytest
from telegram_bots import NOW, STAFF_TOKEN, STUDENT_TOKEN, person_of

from bot.model.address import Address, Side
from bot.platforms import create
from bot.platforms.telegram.platform import TelegramPlatform
from bot.platforms.telegram.webhook import Webhook
from bot.sandbox.client import Phone
from bot.sandbox.server import SandboxServer

STUDENT_BOT, STAFF_BOT = "siswa_bot", "staf_bot"
ONLY_POLLING = pytest.mark.parametrize("mode", ["polling"], indirect=True)
ONLY_WEBHOOK = pytest.mark.parametrize("mode", ["webhook"], indirect=True)


def platform_for(driver: str, sandbox: SandboxServer, webhook: Webhook | None = None) -> TelegramPlatform:
    tokens = {"student": STUDENT_TOKEN, "staff": STAFF_TOKEN}
    sides = {"student": Side.STUDENT, "staff": Side.STAFF}
    return create(driver, tokens, sandbox.url, person_of, sides, lambda: NOW, webhook)


def at(phone: Phone, bot: str, thread: str = "") -> Address:
    return Address("telegram", bot, str(phone.user), thread)
