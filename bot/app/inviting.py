"""Makes an invitation beside a running bot."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app import usernames
from bot.app.storage import storage
from bot.config import Config
from bot.model.person import Role
from bot.runtime.loop import wall_clock

VALID_MS = 7 * 24 * 3_600_000
"""A week: long enough for a person who reads it at the weekend, short for a code that lies around in a chat."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`link` is empty where no bot has noted its name in this data folder yet."""

    code: str
    link: str


async def invite(config: Config, key: str, role: Role, *, trained: bool) -> Invitation:
    """Raises StoreTrouble, WrongKey, and what `storage` raises."""
    async with storage(config, key) as kept:
        await kept.store.prepare()
        code = await kept.store.admin.add_invite(role, wall_clock(), VALID_MS, trained=trained)
    names = usernames.noted(config.data_dir)
    name = names.get("student" if config.telegram.shared_bot else "staff", "")
    return Invitation(code, f"https://t.me/{name}?start={code}" if name else "")
