"""Every crisis calls somebody: an alert for each case, at once to a wider circle where nobody can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from history import Bubble, Chat, History, Role
from phrases import filled
from verdict import Findings

WIDENED_WITHIN_MS = 4_000
"""The next alarm comes by itself after five seconds (stage.py); a wider circle must not wait for it."""
UNDISTURBED_MS = 12_000
"""How long before a cry nothing may have been broken, if its alert is timed."""


class Crying(Protocol):
    """What is asked of an episode (crises.py)."""

    chat: Chat
    answered: Bubble
    crying: list[Bubble]
    blurred: bool


def alerts(history: History) -> dict[str, list[int]]:
    """When alerts of each case came to staff. A case is known by the alias that its texts bear."""
    found: dict[str, list[int]] = {}
    for chat in history.of(Role.COUNSELOR, Role.COORDINATOR):
        for bubble in chat.bots:
            if alert := filled("alert.new", bubble.text) or filled("alert.for_coordinator", bubble.text):
                found.setdefault(alert["alias"], []).append(bubble.at)
    return found


def check(history: History, episodes: Sequence[Crying]) -> Findings:
    """An alert for each case, and no case that nobody cried for."""
    found = Findings()
    alerted, copies = alerts(history), history.copies()
    called: set[str] = set()
    silent = sum(chat.was_away(0) for chat in history.of(Role.STUDENT))
    for episode in episodes:
        aliases = {copy.alias for cry in episode.crying for copy in copies.get(cry.text, [])}
        called |= aliases
        silent += not aliases
        if len(aliases) > 1 and not episode.blurred:
            found.add("queued twice", f"{episode}: its texts came under {sorted(aliases)}")
        since = min((cry.at for cry in episode.crying), default=episode.answered.at)
        times = sorted(at for alias in aliases for at in alerted.get(alias, []) if at >= since)
        if aliases and not times:
            found.add("crisis without an alert", f"{episode}: {sorted(aliases)} never came to a counselor")
        elif times and episode.crying:
            found.spans_ms.append(times[0] - since)
            _widened(history, episode, since, times[0], found)
    unknown = set(alerted) - called
    found.counts["cases alerted"] = len(alerted)
    if len(unknown) > silent:
        found.add("queued twice", f"alerts for {sorted(unknown)}, and only {silent} crises of unknown alias")
    return found


def _widened(history: History, episode: Crying, cry: int, alert: int, found: Findings) -> None:
    """Where no counselor can be reached somebody else is called, before the alarm would widen by itself."""
    until = cry + WIDENED_WITHIN_MS
    nobody = all(
        any(one.began <= cry and one.ended >= until for one in chat.absences) for chat in history.of(Role.COUNSELOR)
    )
    broken = any(one.began <= until and one.ended >= cry - UNDISTURBED_MS for one in history.disturbances)
    if not nobody or broken:
        return
    found.counts["cries to nobody"] += 1
    if alert > until:
        found.add("not widened", f"{episode}: no counselor could be reached, and nobody else was called at once")
