"""The compiled word lists of all languages: what `screen` needs, and nothing that an author wrote besides."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model.level import Level
from bot.model.verdict import Verdict
from bot.screening.lexicon import Lexicon
from bot.screening.source import Source
from bot.screening.telling import Meaning


@dataclass(frozen=True, slots=True)
class FrameRule:
    name: str
    lowers_to: Level
    within: str
    spares: frozenset[str]
    writer_too: bool
    sign: str
    """The slot of its signs."""
    unless: str
    """The slot of what speaks against it."""
    company: str
    """The slot of what must be said too, for the frame to lower; empty where nothing must."""
    bit: int
    """The bit of its signs."""


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
    meanings: dict[str, Meaning]
    """By symbol: what it stands for."""
    signs: tuple[tuple[str, int], ...]
    """The slots that tell of who, not and when, each with its bit."""
    calm: Verdict
    """What is said of a text without any match."""
    frames: tuple[FrameRule, ...] = ()
    sources: tuple[Source, ...] = field(default=(), repr=False)
    """For the checks, which name files and lines."""
