"""Where one bot serves both sides of a program, staff go from one side to the other by a button."""

from __future__ import annotations

from bot.casework.visit import Visit
from bot.casework.words import Act
from bot.casework.work import Choice
from bot.model.conversation import ButtonAct
from bot.model.person import Person


def switch_row(visit: Visit, person: Person) -> list[list[Choice]]:
    """The button to the other side, as rows; none where each side has its own bot, or for who is no staff."""
    if not (visit.work.settings.shared_bot and person.is_staff):
        return []
    other = visit.side.other
    return [[(visit.text(f"side.to_{other.value}"), ButtonAct(Act.SWITCH_SIDE.value, data=other.value))]]
