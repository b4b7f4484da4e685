"""What a coordinator can do: see how the program stands, in numbers and aliases; never a student's words."""

from __future__ import annotations

from bot.casework.visit import Visit
from bot.model.address import Side
from bot.model.person import Role
from handlers.registry import Command, Handles

COORDINATORS = frozenset({Role.COORDINATOR})


async def overview(visit: Visit, _: str) -> None:
    """`/queue`: how many wait, for whom and since when, and who is on duty."""
    tx = visit.work.tx
    waiting, staff = await tx.waiting(), await tx.staff()
    queue = [entry for entry in await tx.queue() if not entry.drill]
    on_duty = [entry for entry in staff if entry.on_duty]
    since = min((entry.since for entry in (*queue, *waiting)), default=visit.work.now)
    await visit.say(
        "coordinator.overview",
        queue=len(queue),
        waiting=len(waiting),
        talking=len(await tx.open_cases()),
        minutes=max(0, visit.work.now - since) // 60_000,
        counselors=sum(Role.COUNSELOR in entry.roles for entry in on_duty),
        supporters=sum(Role.SUPPORTER in entry.roles for entry in on_duty),
    )


HANDLES = Handles(commands=(Command(Side.STAFF, "queue", overview, COORDINATORS),))
