"""Takes the bot's pulse for the web port: what the loops of this process say, and how the store does."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.app.library import Library
from bot.app.reporting import Reports, others
from bot.console import Platform, Process, Pulse
from bot.model.event import Lane
from bot.runtime.loop import Vitals
from bot.runtime.store import StoreTrouble
from bot.store import StoreHealth, Watch

SILENT_S = 60.0
"""A loop that has not turned for so long is stuck: the slowest, a gateway, looks every 25 seconds."""
UNANSWERED_S = 20.0
"""A platform that has not answered for so long is not reached; shorter, it is one lost connection."""
FORGOTTEN_S = 120.0
"""An attempt so long ago says nothing of now. A message that fails is tried again every half minute."""


LATE_S = {
    "mailboxes_crisis": 15.0,
    "mailboxes_normal": 60.0,
    "mailboxes_bulk": 600.0,
    "chats_crisis": 30.0,
    "chats_normal": 120.0,
    "chats_bulk": 600.0,
}
"""Longer than this nothing waits while somebody works the line: where each part is a process of its own, it is how one
that is missing shows. Messages may have to wait for a platform's limits, so they have more time.
"""
WORKS = {"mailboxes": "worker", "chats": "sender"}


class Admin(Protocol):
    async def health(self) -> StoreHealth: ...


class Watcher(Protocol):
    async def look(self) -> Watch: ...


class PulseTaker:
    """Called for every request of the web port."""

    def __init__(
        self, process: str, vitals: Vitals, admin: Admin, watcher: Watcher, reports: Reports, library: Library
    ) -> None:
        self._process = process
        self._vitals = vitals
        self._reports = reports
        self._admin = admin
        self._watcher = watcher
        self._library = library
        self.began = False
        """The loops of this process have begun; until then it is not well."""

    async def __call__(self) -> Pulse:
        vitals = self._vitals
        loops = {name: vitals.idle_s(name) or 0.0 for name in sorted(vitals.turns)}
        silences = self._silences()
        troubles = [f"{name}: {what}" for name, what in sorted(vitals.troubles.items())]
        troubles += [f"{name}: silent for {idle:.0f} s" for name, idle in loops.items() if idle > SILENT_S]
        troubles += [
            f"platform of {bot}: no answer for {silence.silent_s:.0f} s: {silence.why}"
            for bot, silence in silences.items()
            if silence.silent_s >= UNANSWERED_S
        ]
        if not self.began:
            troubles.append("start: the loops have not begun yet")
        health, watch = None, None
        processes = {self._process: Process(vitals.measures, loops)}
        try:
            health, watch = await self._admin.health(), await self._watcher.look()
            troubles += _late(ages(watch))
            for name, report in (await others(self._reports, self._process)).items():
                processes[name] = Process(report.measures(), report.loops)
        except StoreTrouble as trouble:
            troubles.append(f"store: {trouble}")
        return Pulse(
            troubles=tuple(troubles),
            loops=loops,
            store_ms=None if health is None else health.latency_ms,
            lengths={} if health is None else lengths(health),
            oldest_s={} if watch is None else ages(watch),
            people={} if watch is None else people(watch),
            platforms=silences,
            counts={name.replace(" ", "_"): count for name, count in sorted(vitals.counts.items())},
            processes=processes,
            content=self._library.edition_in_use,
        )

    def _silences(self) -> dict[str, Platform]:
        now = time.monotonic()
        return {
            bot: Platform(silence.why, now - silence.since)
            for bot, silence in sorted(self._vitals.silences.items())
            if now - silence.last <= FORGOTTEN_S
        }


def _late(oldest_s: Mapping[str, float]) -> list[str]:
    """The lines in which something has waited for too long."""
    return [
        f"{line}: the oldest waits for {oldest_s[line]:.0f} s: does a {WORKS[line.partition('_')[0]]} run?"
        for line, most_s in LATE_S.items()
        if oldest_s[line] > most_s
    ]


def lengths(health: StoreHealth) -> dict[str, int]:
    return {
        **_by_lane("mailboxes", health.mailboxes.items()),
        **_by_lane("chats", health.chats.items()),
        "delayed_chats": health.delayed_chats,
        "timers": health.timers,
        "poison": health.poison,
        "dead_letters": health.dead_letters,
    }


def ages(watch: Watch) -> dict[str, float]:
    """Seconds for which the oldest of each line has waited; 0 where nothing waits."""
    mail = {f"mailboxes_{lane.value}": watch.mailbox_ages.get(lane, 0) / 1000 for lane in Lane}
    chats = {f"chats_{lane.value}": watch.outbox_ages.get(lane, 0) / 1000 for lane in Lane}
    return {**mail, **chats, "unclaimed_crisis": watch.oldest_unclaimed_ms / 1000}


def people(watch: Watch) -> dict[str, int]:
    return {
        "unclaimed_crises": watch.unclaimed,
        "waiting_for_a_peer": watch.waiting_for_a_peer,
        "counselors_on_duty": watch.counselors_on_duty,
        "supporters_on_duty": watch.supporters_on_duty,
    }


def _by_lane(what: str, waiting: Iterable[tuple[Lane, int]]) -> dict[str, int]:
    return {f"{what}_{lane.value}": count for lane, count in waiting}
