"""Help that needs nobody: flows/resources.yaml. Words, and contacts to show with them."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from bot.flow.reading import Fields, Reading
from bot.flow.texts import read_bubbles
from bot.model.source import Node
from bot.model.text import Text


class Resource(msgspec.Struct, frozen=True):
    """`contacts` are keys of the contacts, in the order in which they are shown."""

    key: str
    texts: tuple[Text, ...]
    contacts: tuple[str, ...] = ()


def read_resources(reading: Reading, node: Node | None, contacts: Collection[str]) -> dict[str, Resource]:
    """By key."""
    if node is None:
        return {}
    found: dict[str, Resource] = {}
    for key, inside in (reading.mapping(node, "the resources") or {}).items():
        fields = Fields(reading, inside, f"the resource `{key}`")
        text_node, contacts_node = fields.need("text"), fields.take("contacts")
        fields.done()
        texts = () if text_node is None else read_bubbles(reading, text_node, "`text`")
        keys = () if contacts_node is None else _read_contacts(reading, contacts_node, contacts)
        found[key] = Resource(key, texts, keys)
    return found


def _read_contacts(reading: Reading, node: Node, contacts: Collection[str]) -> tuple[str, ...]:
    keys: list[str] = []
    for part in reading.listing(node, "`contacts`"):
        key = reading.word(part, "a contact")
        if key and key not in contacts:
            known = ", ".join(sorted(contacts)) or "none yet"
            reading.fault(part.place, f"there is no contact `{key}`", f"Contacts are: {known}")
        elif key:
            keys.append(key)
    return tuple(keys)
