"""A student asks for a peer: the case is opened and offered, or waits with honest words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.casework import waiting
from bot.casework.crisis import open_case
from bot.casework.peers import offer_or_wait
from bot.casework.reach import Reach
from bot.casework.work import Work
from bot.model.case import Case, State
from bot.model.level import Level
from bot.model.session import Value


async def request_peer(work: Work, to: Reach, values: Mapping[str, Value]) -> Case | None:
    """Opens a case and looks for a peer. Somebody who has an open case keeps that one."""
    person = await work.tx.person(to.person)
    if person is not None and person.own_case:
        await work.say(to, "request.open_already")
        return None
    case = await open_case(work, to.person, to.side, Level.BLUE, values)
    if case is None:
        return None
    case = await offer_or_wait(work, case)
    if case.state is State.OFFERED:
        await work.say(to, "request.being_asked")
        waiting.start_recheck(work, case)
    else:
        await waiting.tell(work, case, first=True)
    return case
