"""The compiled word lists of all languages: what `screen` needs, and nothing that an author wrote besides."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model.level import Level
from bot.model.source import Place
from bot.model.verdict import Verdict
from bot.screening.lexicon import Lexicon
from bot.screening.source import Source
from bot.screening.telling import Book, Sign


@dataclass(frozen=True, slots=True)
class Idiom:
    """Words that look dangerous and are not: no rule that shares a word with them counts."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class FrameRule:
    name: str
    lowers_to: Level
    within: str
    spares: frozenset[str]
    writer_too: bool
    needs_company: bool = False
    """Whether it lowers only where something of its `only with` is said too."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Made by `compile_lists`."""

    version: str
    lexicon: Lexicon
    fillers: frozenset[str]
    others: frozenset[str]
    """Words that name somebody else, which `..` must not pass."""
    negations: frozenset[str]
    """Single words that deny, which no gap may pass."""
    idioms: Book[Idiom]
    signs: dict[str, tuple[Sign, ...]]
    """By word: what it tells of who, not, when and in what frame."""
    calm: Verdict
    """What is said of a text without any match."""
    frames: tuple[FrameRule, ...] = ()
    sources: tuple[Source, ...] = field(default=(), repr=False)
    """For the checks, which name files and lines."""
