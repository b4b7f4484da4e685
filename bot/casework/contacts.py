"""Which emergency contacts a person is shown, and how a contact is written."""

from __future__ import annotations

from bot.casework.work import Work
from bot.model.contact import Confidence, Contact
from bot.model.level import Flag
from bot.model.text import Language

SHOWN_IN_CRISIS = 3
"""Two routes at least, never a wall of numbers (domain.md 3.3)."""


def for_crisis(work: Work, language: Language, flags: frozenset[Flag] = frozenset()) -> str:
    """The contacts for a crisis in the content's order, one a line; for violence the line for violence comes first."""
    usable = [contact for contact in work.content.contacts.values() if contact.crisis]
    violence = bool(flags & {Flag.ABUSE, Flag.SEXUAL_VIOLENCE})
    ordered = sorted(usable, key=lambda contact: not (violence and contact.kind == "violence"))
    general = [contact for contact in ordered if violence or contact.kind != "violence"]
    return "\n".join(line(work, contact, language) for contact in general[:SHOWN_IN_CRISIS])


def all_of_them(work: Work, language: Language) -> str:
    """Every contact that may be shown to anybody."""
    shown = [contact for contact in work.content.contacts.values() if contact.confidence is not Confidence.LOW]
    return "\n".join(line(work, contact, language) for contact in shown)


def line(work: Work, contact: Contact, language: Language) -> str:
    """Name, number, hours, and a note where there is one."""
    parts = [
        contact.number,
        contact.hours.in_(language) if contact.hours else "",
        contact.note.in_(language) if contact.note else "",
    ]
    details = " · ".join(part for part in parts if part)
    return work.text("crisis.contact", language, name=contact.name.in_(language), details=details)
