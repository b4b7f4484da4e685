"""All that people read, from YAML: flows, sentences, topics, contacts, aliases, resources, word lists.

Reads files into nodes (`reader`), nodes into parts, and hands out one frozen, checked `Content` an edition. It knows
no handler and no platform; the flow language itself is `bot.flow`, the word lists' is `bot.screening`.
"""

from __future__ import annotations

from bot.content.checking import Checked, check, check_sources, load_checked
from bot.content.content import Content
from bot.content.loading import load, load_sources
from bot.content.sentences import MissingValue, UnknownSentence
from bot.content.sources import edition_of, sources, test_sources

__all__ = [
    "Checked",
    "Content",
    "MissingValue",
    "UnknownSentence",
    "check",
    "check_sources",
    "edition_of",
    "load",
    "load_checked",
    "load_sources",
    "sources",
    "test_sources",
]
