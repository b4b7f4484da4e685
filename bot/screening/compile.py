"""From word lists as written to the tables that match.

Slots of one name in several languages are one slot, and every phrase is open to every language's words: that is how
mixed languages are read.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from bot.model.source import Fault, Node
from bot.model.verdict import Verdict
from bot.screening import pattern
from bot.screening.anchors import Anchors
from bot.screening.lexicon import Lexicon
from bot.screening.lists import FrameRule, Lists
from bot.screening.pattern import GAPS, BadPhraseError, Sequence
from bot.screening.rule import Idiom, Rule
from bot.screening.source import PERSONS, TIMES, Category, Entry, FrameSource, Phrase, Reader, Source
from bot.screening.telling import Signs
from bot.screening.version import version_of
from bot.screening.vocabulary import Vocabulary

OTHERS = ("{other}", "{kin}", "{relative}", "{you}", "{people}")
"""What names somebody else."""
NEGATION = "{not}"
SIGNS = ("not", "joins", "tags", "passes", *PERSONS, *TIMES)
"""What stands around a match and tells of who, not and when."""


def compile_lists(nodes: Mapping[str, Node]) -> tuple[Lists, tuple[Fault, ...]]:
    """The lists of all languages, and what is wrong in them. Usable even with faults: what is faulty is left out."""
    with _uncollected():
        readers = []
        for language, node in nodes.items():
            reader = Reader(language)
            reader.read(node)
            readers.append(reader)
        faults = [fault for reader in readers for fault in reader.faults]
        compiler = Compiler(tuple(reader.source for reader in readers))
        lists = compiler.compile(version_of(nodes))
        return lists, tuple(sorted({*faults, *compiler.faults}))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nearly all that is made here stays. Python's collector would look at all of it over and over, for a quarter of
    the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _slot(name: str) -> str:
    return "{" + name + "}"


class Compiler:
    """Gathers slots, idioms and rules of all sources, then makes the tables."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self.faults: list[Fault] = []
        self.vocabulary = Vocabulary(sources, self._fault)
        self.slots: dict[str, list[Sequence]] = {}
        """By slot symbol: what it stands for."""
        self.rules: list[tuple[Sequence, Rule]] = []
        self._negations = {NEGATION}
        """Symbols that deny: the slot, and its single words."""
        self._kinds: dict[tuple[object, ...], int] = {}
        """By all that rules are weighed by: the number of their kind."""
        self.idioms: list[tuple[Sequence, Idiom]] = []

    def compile(self, version: str) -> Lists:
        for source in self.sources:
            for name, entries in source.slots.items():
                self._slot(name, entries, source)
        self._negations.update(word for word, *more in self.slots.get(NEGATION, ()) if not more)
        for source in self.sources:
            self._idioms(source)
            for category in source.categories:
                for phrase in category.phrases:
                    self._rule(category, phrase, source)
        self._circles()
        watched = self._watched()
        self.vocabulary.spread(self.slots)
        words = self.vocabulary.by_symbol()
        anchors = Anchors(
            self.slots,
            words,
            self.vocabulary.common(),
            (sequence for sequence, _ in (*self.rules, *self.idioms)),
            self._asked(),
        )
        signs = anchors.signs()
        return Lists(
            version=version,
            lexicon=self._lexicon(watched, anchors, signs),
            fillers=self.vocabulary.fillers(),
            others=frozenset(word for slot in OTHERS for word in words.get(slot, ())),
            negations=frozenset(words.get(NEGATION, ())),
            meanings=signs.meanings,
            signs=tuple((name, signs.bits[_slot(name)]) for name in SIGNS),
            calm=Verdict(lists=version),
            frames=self._frames(signs),
            sources=self.sources,
        )

    def _lexicon(self, watched: set[str], anchors: Anchors, signs: Signs) -> Lexicon:
        vocabulary = self.vocabulary
        gravest_first = sorted(self.rules, key=lambda phrase: -phrase[1].level)
        rules, idioms = anchors.book(gravest_first), anchors.book(self.idioms, between=pattern.STRICT)
        words = {word for word in vocabulary.symbols if word[0] not in "{~."}
        return Lexicon(
            words | vocabulary.fillers(),
            vocabulary.spellings,
            signs,
            rules,
            idioms,
            watched,
            vocabulary.ordinary(),
            vocabulary.endings,
        )

    def _slot(self, name: str, entries: list[Entry], source: Source) -> None:
        symbol = "{" + name + "}"
        for entry in entries:
            self.slots.setdefault(symbol, []).extend(self._sequences(entry, source))

    def _sequences(self, entry: Entry | Phrase, source: Source) -> list[Sequence]:
        """What an entry stands for, in symbols that exist; faults for those that do not."""
        try:
            found = pattern.sequences(entry.text)
        except BadPhraseError as bad:
            self._fault(entry, str(bad), bad.remedy)
            return []
        return [meant for sequence in found if (meant := self._symbols(sequence, entry, source))]

    def _symbols(self, sequence: Sequence, entry: Entry | Phrase, source: Source) -> Sequence:
        meant: list[str] = []
        for symbol in sequence:
            if symbol in GAPS:
                meant.append(symbol)
            elif "/" in symbol:
                meant.append(self._alternatives(symbol, entry, source))
            elif symbol[0] == "{":
                if not any(symbol[1:-1] in other.slots for other in self.sources):
                    self._fault(entry, f"there is no slot {symbol}", "Add it under `slots:`, or correct the name")
                    return ()
                meant.append(symbol)
            elif symbol[0] == "~":
                self.vocabulary.inflected(symbol, source.grammar)
                meant.append(symbol)
            else:
                meant.extend(self.vocabulary.literal(symbol))
        return tuple(meant)

    def _alternatives(self, symbol: str, entry: Entry | Phrase, source: Source) -> str:
        """`a/b` as a slot without a name."""
        name = "{/" + symbol + "}"
        if name not in self.slots:
            parts = (self._symbols(pattern.bound(part), entry, source) for part in symbol.split("/"))
            self.slots[name] = [part for part in parts if part]
        return name

    def _idioms(self, source: Source) -> None:
        for entry in source.idioms:
            for sequence in self._sequences(entry, source):
                self.idioms.append((sequence, Idiom(entry.text, entry.place)))

    def _rule(self, category: Category, phrase: Phrase, source: Source) -> None:
        for sequence in self._sequences(phrase, source):
            bare = len(sequence) == 1
            negative = not self._negations.isdisjoint(sequence)
            flags = (*category.flags, *category.flags_at.get(phrase.level, ()))
            weighed_by = (category.name, phrase.level, flags, category.about, category.ignores, category.asks)
            kind = (*weighed_by, category.urgent, category.replaces, category.adds_up, bare, negative)
            rule = Rule(
                name=f"{category.name}/{phrase.text}",
                category=category.name,
                level=phrase.level,
                flags=flags,
                about=category.about,
                ignores=category.ignores,
                asks=category.asks,
                urgent=category.urgent,
                replaces=category.replaces,
                adds_up=category.adds_up,
                bare=bare,
                closes=pattern.closes(phrase.text),
                alone=pattern.alone(phrase.text),
                gapped=not GAPS.isdisjoint(sequence),
                negative=negative,
                kind=self._kinds.setdefault(kind, len(self._kinds)),
                place=phrase.place,
            )
            self.rules.append((sequence, rule))

    def _circles(self) -> None:
        """Tells of slots that contain each other."""
        depth: dict[str, int] = {}
        for symbol in self.slots:
            self._depth(symbol, depth, ())

    def _depth(self, symbol: str, depth: dict[str, int], above: tuple[str, ...]) -> int:
        if symbol in above:
            circle = (*above[above.index(symbol) :], symbol)
            named = [name[1:-1] for name in circle if name[1] != "/"]
            place = next(s.slot_places[name] for name in named for s in self.sources if name in s.slot_places)
            chain = " > ".join("{" + name + "}" for name in named)
            self.faults.append(Fault(place, f"slots contain each other: {chain}", "Take one of them out of the other"))
            return 0
        if symbol not in depth:
            inner = {part for sequence in self.slots.get(symbol, ()) for part in sequence if part[0] == "{"}
            depth[symbol] = 1 + max((self._depth(part, depth, (*above, symbol)) for part in inner), default=0)
        return depth[symbol]

    def _watched(self) -> set[str]:
        """Words that are recognised in every disguise: as listed, and in all forms where marked with `~`."""
        watched: set[str] = set()
        for source in self.sources:
            for entry in source.watched:
                for sequence in self._sequences(entry, source):
                    watched.update(word for symbol in sequence for word in self.vocabulary.forms.get(symbol, (symbol,)))
        return watched

    def _frames(self, signs: Signs) -> tuple[FrameRule, ...]:
        frames: dict[str, FrameRule] = {}
        for source in self.sources:
            for frame in source.frames:
                known = frames.setdefault(frame.name, self._frame_rule(frame, signs))
                frames[frame.name] = replace(known, spares=known.spares | frame.spares)
        return tuple(frames.values())

    def _frame_rule(self, frame: FrameSource, signs: Signs) -> FrameRule:
        sign, company = f"frame {frame.name}", f"with {frame.name}"
        return FrameRule(
            frame.name,
            frame.lowers_to,
            frame.within,
            frame.spares,
            frame.writer_too,
            sign,
            f"unless {frame.name}",
            company if any(company in source.slots for source in self.sources) else "",
            signs.bits[_slot(sign)],
        )

    def _asked(self) -> list[str]:
        """The slots that the engine itself asks for."""
        framing = (f"frame {frame.name}" for source in self.sources for frame in source.frames)
        return [_slot(name) for name in (*SIGNS, *framing)]

    def _fault(self, entry: Entry | Phrase, message: str, remedy: str) -> None:
        self.faults.append(Fault(entry.place, message, remedy))
