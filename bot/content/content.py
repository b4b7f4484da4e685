"""All content of one edition, frozen and checked: what handlers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.resources import Resource
from bot.content.sentences import BETWEEN_BUBBLES, Sentences
from bot.content.topics import Topic
from bot.flow import Flows
from bot.model.contact import Contact
from bot.model.source import Fault
from bot.model.text import Language
from bot.screening import Lists


@dataclass(frozen=True, slots=True)
class Content:
    """One edition. `edition` is the digest of its files."""

    edition: str
    languages: tuple[Language, ...]
    flows: Flows
    sentences: Sentences
    contacts: Mapping[str, Contact]
    topics: Mapping[str, Topic]
    aliases: Mapping[str, tuple[str, ...]]
    resources: Mapping[str, Resource]
    screening: Lists
    warnings: tuple[Fault, ...] = ()
    """What does not stop the bot but needs somebody's care: old contacts."""

    @property
    def keys(self) -> frozenset[str]:
        """Every sentence's key."""
        return frozenset(self.sentences.by_key)

    def say(self, sentence: str, in_language: Language, /, **values: object) -> str:
        """The sentence as one text. Raises UnknownSentence and MissingValue (both KeyErrors)."""
        return BETWEEN_BUBBLES.join(self.sentences.bubbles(sentence, in_language, values))

    def bubbles(self, sentence: str, in_language: Language, /, **values: object) -> tuple[str, ...]:
        """The sentence's bubbles. Raises UnknownSentence and MissingValue."""
        return self.sentences.bubbles(sentence, in_language, values)
