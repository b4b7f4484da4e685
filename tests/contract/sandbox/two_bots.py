"""A student's and a staff's bot on the sandbox, and the addresses of its people."""

from __future__ import annotations

import pytest

from bot.model.address import Address
from bot.sandbox.client import Phone

STUDENT_BOT, STAFF_BOT = "siswa_bot", "staf_bot"
ONLY_POLLING = pytest.mark.parametrize("mode", ["polling"], indirect=True)
ONLY_WEBHOOK = pytest.mark.parametrize("mode", ["webhook"], indirect=True)


def at(phone: Phone, bot: str, thread: str = "") -> Address:
    return Address("telegram", bot, str(phone.user), thread)
