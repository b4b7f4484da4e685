"""What is done with an event that the handlers failed on again and again: its person is not left without an answer.

A message that counts as a crisis goes to the counselors; any other gets words that say it could not be worked. The
event itself is kept aside by the worker in the same commit.
"""

from __future__ import annotations

from bot.casework.crisis import Concern, escalate
from bot.casework.settings import Settings
from bot.casework.work import Contents, Work
from bot.model.address import Side
from bot.model.event import Lane
from bot.model.level import Level
from bot.runtime.handler import Triage
from bot.runtime.transaction import Transaction
from handlers.arriving import arrive

SORRY = "trouble.sorry"


class Failing:
    """Fills `bot.runtime.handler.Handler`, as the worker's `on_failure`."""

    def __init__(self, contents: Contents, settings: Settings, triage: Triage) -> None:
        self._contents = contents
        self._settings = settings
        self._triage = triage

    async def __call__(self, tx: Transaction) -> None:
        work = Work(tx, self._contents, self._settings)
        visit = await arrive(work, tx.event, "", "")
        if visit is None:
            return  # the program's own: nobody waits for an answer to it
        if visit.side is Side.STUDENT and self._triage(tx.event.body) is Lane.CRISIS:
            await escalate(work, visit.person_id, visit.side, Concern(Level.RED, "failure"))
        elif SORRY in work.content.keys:
            await visit.say(SORRY)
