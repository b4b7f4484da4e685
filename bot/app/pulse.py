"""Takes the bot's pulse for the web port: what the loops of this process say, and how the store does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.app.library import Library
from bot.console import Pulse
from bot.model.event import Lane
from bot.runtime.loop import Vitals
from bot.runtime.store import StoreTrouble
from bot.store import StoreHealth

SILENT_S = 60.0
"""A loop that has not turned for so long is stuck: the slowest, a gateway, looks every 25 seconds."""


class Admin(Protocol):
    async def health(self) -> StoreHealth: ...


class PulseTaker:
    """Called for every request of the web port."""

    def __init__(self, vitals: Vitals, admin: Admin, library: Library) -> None:
        self._vitals = vitals
        self._admin = admin
        self._library = library
        self.began = False
        """The loops of this process have begun; until then it is not well."""

    async def __call__(self) -> Pulse:
        loops = {name: self._vitals.idle_s(name) or 0.0 for name in sorted(self._vitals.turns)}
        troubles = [f"{name}: {what}" for name, what in sorted(self._vitals.troubles.items())]
        troubles += [f"{name}: silent for {idle:.0f} s" for name, idle in loops.items() if idle > SILENT_S]
        if not self.began:
            troubles.append("start: the loops have not begun yet")
        health = None
        try:
            health = await self._admin.health()
        except StoreTrouble as trouble:
            troubles.append(f"store: {trouble}")
        return Pulse(
            troubles=tuple(troubles),
            loops=loops,
            store_ms=None if health is None else health.latency_ms,
            lengths={} if health is None else lengths(health),
            counts={name.replace(" ", "_"): count for name, count in sorted(self._vitals.counts.items())},
            content=self._library.edition_in_use,
        )


def lengths(health: StoreHealth) -> dict[str, int]:
    return {
        **_by_lane("mailboxes", health.mailboxes.items()),
        **_by_lane("chats", health.chats.items()),
        "delayed_chats": health.delayed_chats,
        "timers": health.timers,
        "poison": health.poison,
        "dead_letters": health.dead_letters,
    }


def _by_lane(what: str, waiting: Iterable[tuple[Lane, int]]) -> dict[str, int]:
    return {f"{what}_{lane.value}": count for lane, count in waiting}
