"""Times the way of a crisis from what commits change: into the queue, to the first delivered alert, to a claim."""

from __future__ import annotations

from bot.model.case import Case, State
from bot.model.event import Milliseconds
from bot.model.index import Document
from bot.model.level import Flag
from bot.runtime.measures import ALERTED, CLAIMED, CRISES, Measures


class CrisisTimes:
    """Told of each change after its commit, so that nothing is counted twice."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures

    def __call__(self, before: Document | None, after: Document | None, now: Milliseconds) -> None:
        if not isinstance(after, Case) or not after.is_counselors:
            return
        was = before if isinstance(before, Case) else None
        drill = "yes" if Flag.DRILL in after.flags else "no"
        if after.state is State.QUEUED and (was is None or was.state is not State.QUEUED):
            self._measures.count(CRISES, after.level.word, drill)
        if was is None:
            return
        if after.alarm.delivered and not was.alarm.delivered:
            self._measures.took(ALERTED, (now - was.alarm.raised_at) / 1000, drill)
        if after.state is State.CLAIMED and was.state is State.QUEUED:
            self._measures.took(CLAIMED, (now - was.alarm.raised_at) / 1000, drill)
