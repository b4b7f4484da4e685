"""Reads flows/contacts.yaml and checks that every contact can be traced and trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.flow.reading import Fields, Reading
from bot.flow.texts import read_text
from bot.model.contact import Confidence, Contact
from bot.model.source import Fault, Node, Place
from bot.model.text import Text

OLD_AFTER = timedelta(days=90)
"""Numbers and hours change; who runs the program should try them every three months."""
_DIAL = "Dial it, then set `verified_on` and `verified_by`"


def read_contacts(reading: Reading, node: Node | None) -> dict[str, Contact]:
    """By key, in the order of the file."""
    if node is None:
        return {}
    contacts: dict[str, Contact] = {}
    for key, inside in (reading.mapping(node, "the contacts") or {}).items():
        contact = _read_contact(reading, key, inside)
        if contact is not None:
            contacts[key] = contact
    return contacts


def old_contacts(contacts: Mapping[str, Contact], node: Node, today: date) -> Iterator[Fault]:
    """Contacts that nobody has tried, or whose source was published, for too long. Warnings, not faults."""
    for key, contact in contacts.items():
        newest = max((day for day in (contact.verified_on, contact.source_date) if day is not None), default=None)
        if newest is None:
            yield Fault(node.place_of(key), f"nobody knows when the contact `{key}` was right", _DIAL)
        elif today - newest > OLD_AFTER:
            since = "was last tried" if newest == contact.verified_on else "has not been tried, and its source is from"
            yield Fault(node.place_of(key), f"the contact `{key}` {since} {newest.isoformat()}", _DIAL)


def _read_contact(reading: Reading, key: str, node: Node) -> Contact | None:
    fields = Fields(reading, node, f"the contact `{key}`")
    name_node = fields.need("name")
    name = None if name_node is None else read_text(reading, name_node, "`name`")
    contact = Contact(
        key=key,
        name=name or Text({}),
        kind=fields.needed_word("kind"),
        number=fields.word("number"),
        channels=_words(reading, fields, "channels"),
        hours=_text(reading, fields, "hours"),
        region=fields.word("region"),
        cost=_text(reading, fields, "cost"),
        languages=_words(reading, fields, "languages"),
        audience=_words(reading, fields, "audience"),
        note=_text(reading, fields, "note"),
        source_url=fields.needed_word("source_url"),
        source_date=_date(reading, fields, "source_date"),
        verified_on=_date(reading, fields, "verified_on"),
        verified_by=fields.word("verified_by"),
        confidence=_confidence(reading, fields),
        crisis=_flag(reading, fields, "crisis"),
    )
    fields.done()
    _check_trust(reading, contact, node.place)
    return None if name is None else contact


def _check_trust(reading: Reading, contact: Contact, place: Place) -> None:
    if contact.crisis and contact.confidence is Confidence.LOW:
        reading.fault(
            place,
            f"the contact `{contact.key}` is shown in a crisis but its confidence is low",
            "Verify it and raise `confidence`, or take `crisis: true` away",
        )
    if contact.verified_on is not None and not contact.verified_by:
        reading.fault(place, f"the contact `{contact.key}` does not say who verified it", "Add `verified_by:`")
    if not contact.number and not contact.channels:
        reading.fault(place, f"the contact `{contact.key}` cannot be reached", "Add `number:` or `channels:`")


def _text(reading: Reading, fields: Fields, key: str) -> Text | None:
    node = fields.take(key)
    return None if node is None or _is_empty(node) else read_text(reading, node, f"`{key}`")


def _words(reading: Reading, fields: Fields, key: str) -> tuple[str, ...]:
    node = fields.take(key)
    if node is None or _is_empty(node):
        return ()
    if node.is_scalar:
        return (reading.word(node, f"`{key}`"),)
    return tuple(reading.word(part, f"an entry of `{key}`") for part in reading.listing(node, f"`{key}`"))


def _date(reading: Reading, fields: Fields, key: str) -> date | None:
    node = fields.take(key)
    if node is None or _is_empty(node):
        return None
    text = reading.word(node, f"`{key}`")
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.fault(node.place, f"`{key}` is `{text}`, which is no date", "Write it like 2026-11-21")
        return None


def _confidence(reading: Reading, fields: Fields) -> Confidence:
    node = fields.need("confidence")
    word = "" if node is None else reading.word(node, "`confidence`")
    try:
        return Confidence(word) if word else Confidence.LOW
    except ValueError:
        known = ", ".join(Confidence)
        reading.fault(fields.place_of("confidence"), f"there is no confidence `{word}`", f"Use one of: {known}")
        return Confidence.LOW


def _flag(reading: Reading, fields: Fields, key: str) -> bool:
    node = fields.take(key)
    if node is None or isinstance(node.scalar, bool):
        return node is not None and node.scalar is True
    reading.fault(node.place, f"`{key}` is neither true nor false", "Write true or false")
    return False


def _is_empty(node: Node) -> bool:
    return node.is_scalar and node.scalar is None
