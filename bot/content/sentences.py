"""The bot's own sentences: flows/sentences/*.yaml, `section: {name: {id: ..., en: ...}}`, known as `section.name`.

A list in each language makes several bubbles. Values are put in literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.flow.placeholders import fill
from bot.flow.reading import Reading
from bot.flow.texts import read_bubbles
from bot.model.source import Node, Place
from bot.model.text import Language, Text

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
BETWEEN_BUBBLES = "\n\n"


class UnknownSentence(KeyError):
    """There is no sentence of that key in this edition."""


class MissingValue(KeyError):
    """A sentence has a placeholder for which no value was given."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """All sentences by key, each as its bubbles."""

    by_key: Mapping[str, tuple[Text, ...]]

    def bubbles(self, key: str, language: Language, values: Mapping[str, object]) -> tuple[str, ...]:
        """Raises UnknownSentence and MissingValue."""
        texts = self.by_key.get(key)
        if texts is None:
            raise UnknownSentence(key)
        shown = {name: str(value) for name, value in values.items()}
        try:
            return tuple(fill(text.in_(language), shown) for text in texts)
        except KeyError as error:
            raise MissingValue(f"{key}: {error.args[0]}") from None


def read_sentences(reading: Reading, nodes: Iterable[Node]) -> Sentences:
    """From the sentence files, in order; a key that stands in two of them is a fault."""
    found: dict[str, tuple[Text, ...]] = {}
    places: dict[str, Place] = {}
    for node in nodes:
        for section, inside in (reading.mapping(node, "a file of sentences") or {}).items():
            if _is_name(reading, section, node.place_of(section)):
                _read_section(reading, section, inside, found, places)
    return Sentences(found)


def _read_section(
    reading: Reading, section: str, node: Node, found: dict[str, tuple[Text, ...]], places: dict[str, Place]
) -> None:
    for name, sentence in (reading.mapping(node, f"the section `{section}`") or {}).items():
        key, place = f"{section}.{name}", node.place_of(name)
        if not _is_name(reading, name, place):
            continue
        if key in places:
            reading.fault(place, f"the sentence `{key}` stands already in {places[key]}", "Keep one of them")
            continue
        places[key] = place
        bubbles = read_bubbles(reading, sentence, f"the sentence `{key}`")
        if bubbles:
            found[key] = bubbles


def _is_name(reading: Reading, name: str, place: Place) -> bool:
    if _NAME.fullmatch(name):
        return True
    reading.fault(place, f"`{name}` cannot be a sentence's name", "Use small letters, digits, - and _, a letter first")
    return False
