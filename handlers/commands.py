"""`/name words`: checks side and role, and answers kindly where there is no such command."""

from __future__ import annotations

from bot.casework import conversing
from bot.casework.sides import switch_row
from bot.casework.visit import Visit
from bot.model.event import CommandGiven
from handlers.registry import Handles


async def run_command(visit: Visit, given: CommandGiven, handles: Handles) -> None:
    """Runs the command for each role that the person has; who has none of its roles is told so."""
    there = [command for command in handles.commands if (command.side, command.name) == (visit.side, given.name)]
    if not there:
        person = await visit.person()
        elsewhere = any((command.side, command.name) == (visit.side.other, given.name) for command in handles.commands)
        if elsewhere and visit.work.settings.shared_bot and person.is_staff:
            await visit.say("side.other_command", *switch_row(visit, person))
            return
        await visit.say(f"command.unknown_{visit.side.value}")
        await conversing.ask_again(visit.work, visit.to, await visit.conversation())
        return
    person = await visit.person()
    roles = person.staff.roles if person.staff else frozenset()
    allowed = [command for command in there if not command.roles or command.roles & roles]
    if not allowed:
        await visit.say("staff.not_allowed" if person.is_staff else "staff.not_staff")
    for command in allowed:
        await command.run(visit, given.words)
