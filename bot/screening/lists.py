"""The compiled word lists of all languages: what `screen` needs, and nothing that an author wrote besides."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model.level import Flag, Level
from bot.model.source import Place
from bot.model.verdict import Verdict
from bot.screening.lexicon import Lexicon
from bot.screening.source import Source
from bot.screening.trie import TrieNode


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase of a category. `name` is `category/phrase`, as verdicts and reviewers name it."""

    name: str
    category: str
    level: Level
    flags: tuple[Flag, ...]
    about: str
    ignores: frozenset[str]
    asks: bool
    urgent: bool
    replaces: bool
    adds_up: bool
    bare: bool
    """The phrase is one word or slot: it names the matter and says nothing of it."""
    closes: bool
    """Nothing but small words may follow in its part of the sentence."""
    gapped: bool
    """The phrase has a gap, so that it does not name all words that it spans."""
    negative: bool
    """The phrase itself holds a negation, so one before it does not turn it round."""
    place: Place


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


@dataclass(frozen=True, slots=True)
class Lists:
    """Made by `compile_lists`."""

    version: str
    lexicon: Lexicon
    symbols: dict[str, tuple[str, ...]]
    """By word: all symbols that this single word satisfies."""
    fillers: frozenset[str]
    slot_tries: tuple[TrieNode[str], ...]
    """Slots' longer entries, in the order in which they build on each other."""
    rules: TrieNode[Rule]
    idioms: TrieNode[Idiom]
    calm: Verdict
    """What is said of a text without any match."""
    reserved: frozenset[str]
    """The slots that tell who, not, when and in what frame."""
    frames: tuple[FrameRule, ...] = ()
    sources: tuple[Source, ...] = field(default=(), repr=False)
    """For the checks, which name files and lines."""
