"""Who is there when the demo opens: a student, a supporter and a counselor on duty, a coordinator.

They join as everybody does: by an invitation, from their own phone, over HTTP.
"""

from __future__ import annotations

import logging
import secrets

from bot.app.inviting import VALID_MS
from bot.model.person import Role
from bot.runtime.loop import wall_clock
from bot.sandbox.accounts import BotAccount
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import People
from bot.store import RedisStore

logger = logging.getLogger(__name__)

STUDENT_BOT = "sebaya_bot"
STAFF_BOT = "sebaya_staff_bot"
STUDENT = "student"
ON_DUTY = frozenset({Role.SUPPORTER.value, Role.COUNSELOR.value})
ANSWER_WITHIN_S = 90.0
"""The platform's library alone may take ten seconds to load on a busy machine."""
NUMBERS_FROM, NUMBERS = 1_000_000_000, 8_000_000_000
SECRET_BYTES = 26


def accounts() -> tuple[BotAccount, BotAccount]:
    """The two bots, with tokens made up on the spot: none is ever written down."""
    return BotAccount(_token(), STUDENT_BOT, "Sebaya"), BotAccount(_token(), STAFF_BOT, "Sebaya Staf")


def people(language: str) -> tuple[People, ...]:
    return (
        People("Rani", STUDENT, language, STUDENT_BOT),
        People("Dimas", Role.SUPPORTER.value, language, STAFF_BOT),
        People("Sari", Role.COUNSELOR.value, language, STAFF_BOT),
        People("Hendra", Role.COORDINATOR.value, language, STAFF_BOT),
    )


async def play_in(store: RedisStore, world: SandboxClient, present: list[dict[str, object]]) -> None:
    """Has the staff among `present` (as the sandbox numbered them) join, and go on duty."""
    for person in present:
        role = str(person["role"])
        if role == STUDENT:
            continue
        code = await store.admin.add_invite(Role(role), wall_clock(), VALID_MS, trained=True)
        phone = await world.phone(int(str(person["id"])), str(person["bot"]))
        await phone.ask(f"/start {code}", timeout=ANSWER_WITHIN_S)
        if role in ON_DUTY:
            await phone.wait_for(where=lambda message: bool(message.labels), timeout=ANSWER_WITHIN_S)
            await phone.ask("/duty on", timeout=ANSWER_WITHIN_S)


def _token() -> str:
    return f"{NUMBERS_FROM + secrets.randbelow(NUMBERS)}:{secrets.token_urlsafe(SECRET_BYTES)}"
