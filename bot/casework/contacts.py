"""Which emergency contacts a person is shown, and how a contact is written."""

from __future__ import annotations

from bot.casework.work import Work
from bot.model.contact import Contact
from bot.model.level import Flag
from bot.model.text import Language

SHOWN_IN_CRISIS = 3
"""Two routes at least, never a wall of numbers."""
EMERGENCY, VIOLENCE = "emergency", "violence"
"""Kinds of contacts, as flows/contacts.yaml names them."""
BY_CHAT = frozenset({"chat", "whatsapp"})
"""Channels for somebody who cannot, or does not want to, speak."""


def for_crisis(work: Work, language: Language, flags: frozenset[Flag] = frozenset()) -> str:
    """The contacts for a crisis, one a line: for violence the line for violence first, then emergency numbers, then
    those that answer in the person's language. Otherwise in the content's order.
    """
    violence = bool(flags & {Flag.ABUSE, Flag.SEXUAL_VIOLENCE})
    usable = [contact for contact in work.content.contacts.values() if contact.crisis and is_near(work, contact)]
    general = [contact for contact in usable if violence or contact.kind != VIOLENCE]
    ordered = sorted(
        general,
        key=lambda contact: (
            not (violence and contact.kind == VIOLENCE),
            contact.kind != EMERGENCY,
            bool(contact.languages) and language not in contact.languages,
        ),
    )
    return "\n".join(line(work, contact, language) for contact in ordered[:SHOWN_IN_CRISIS])


def is_near(work: Work, contact: Contact) -> bool:
    """Whether a contact serves where the program is: the whole country, or its region."""
    return not contact.region or contact.region.casefold() == work.settings.region.strip().casefold()


def line(work: Work, contact: Contact, language: Language) -> str:
    """Name, number, whether one can write there, hours, and a note where there is one."""
    parts = [
        contact.number,
        work.text("crisis.by_chat", language) if BY_CHAT & set(contact.channels) else "",
        contact.hours.in_(language) if contact.hours else "",
        contact.note.in_(language) if contact.note else "",
    ]
    details = " · ".join(part for part in parts if part)
    return work.text("crisis.contact", language, name=contact.name.in_(language), details=details)
