"""From word lists as written to the tries and tables that match.

Slots of one name in several languages are one slot, and every phrase is open to every language's words: that is how
mixed languages are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.model.source import Fault, Node
from bot.model.verdict import Verdict
from bot.screening import pattern
from bot.screening.lexicon import Lexicon
from bot.screening.lists import FrameRule, Idiom, Lists
from bot.screening.pattern import GAPS, BadPhraseError, Sequence
from bot.screening.rule import Rule
from bot.screening.source import PERSONS, TIMES, Category, Entry, FrameSource, Phrase, Reader, Source
from bot.screening.telling import Anchors, Book, Signs
from bot.screening.vocabulary import Vocabulary

DIGEST_LENGTH = 12
OTHERS = ("{other}", "{kin}", "{relative}", "{you}", "{people}")
"""What names somebody else."""
NEGATION = "{not}"


def compile_lists(nodes: Mapping[str, Node]) -> tuple[Lists, tuple[Fault, ...]]:
    """The lists of all languages, and what is wrong in them. Usable even with faults: what is faulty is left out."""
    readers = []
    for language, node in nodes.items():
        reader = Reader(language)
        reader.read(node)
        readers.append(reader)
    faults = [fault for reader in readers for fault in reader.faults]
    compiler = Compiler(tuple(reader.source for reader in readers))
    lists = compiler.compile(_version(nodes))
    return lists, tuple(sorted({*faults, *compiler.faults}))


def _version(nodes: Mapping[str, Node]) -> str:
    digest = hashlib.sha256()
    for language in sorted(nodes):
        digest.update(language.encode())
        _digest(nodes[language], digest.update)
    return digest.hexdigest()[:DIGEST_LENGTH]


def _digest(node: Node, update: Callable[[bytes], None]) -> None:
    if node.mapping is not None:
        update(b"{")
        for key, value in node.mapping.items():
            update(key.encode() + b":")
            _digest(value, update)
    elif node.items is not None:
        update(b"[")
        for item in node.items:
            _digest(item, update)
    else:
        update(repr(node.scalar).encode() + b",")


class Compiler:
    """Gathers slots, idioms and rules of all sources, then makes the tables."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self.faults: list[Fault] = []
        self.vocabulary = Vocabulary(sources, self._fault)
        self.slots: dict[str, list[Sequence]] = {}
        """By slot symbol: what it stands for."""
        self.rules: list[tuple[Sequence, Rule]] = []
        self.idioms: list[tuple[Sequence, Idiom]] = []

    def compile(self, version: str) -> Lists:
        for source in self.sources:
            for name, entries in source.slots.items():
                self._slot(name, entries, source)
        for source in self.sources:
            self._idioms(source)
            for category in source.categories:
                for phrase in category.phrases:
                    self._rule(category, phrase, source)
        self._circles()
        watched = self._watched()
        self.vocabulary.spread(self.slots)
        words = self.vocabulary.by_symbol()
        anchors = Anchors(self.slots, words, self.vocabulary.common())
        frames = self._frames()
        framing = (f"{part} {frame.name}" for frame in frames for part in ("frame", "unless", "with"))
        rules, idioms = anchors.book(self.rules), anchors.book(self.idioms)
        return Lists(
            version=version,
            lexicon=self._lexicon(watched, anchors.signs(), rules),
            fillers=self.vocabulary.fillers(),
            others=frozenset(word for slot in OTHERS for word in words.get(slot, ())),
            negations=frozenset(words.get(NEGATION, ())),
            idioms=idioms,
            signs=anchors.under(["not", "joins", "tags", "passes", *PERSONS, *TIMES, *framing]),
            calm=Verdict(lists=version),
            frames=frames,
            sources=self.sources,
        )

    def _lexicon(self, watched: set[str], signs: Signs, rules: Book[Rule]) -> Lexicon:
        vocabulary = self.vocabulary
        words = {word for word in vocabulary.symbols if word[0] not in "{~."}
        return Lexicon(
            words | vocabulary.fillers(),
            vocabulary.spellings,
            signs,
            rules,
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
            rule = Rule(
                name=f"{category.name}/{phrase.text}",
                category=category.name,
                level=phrase.level,
                flags=(*category.flags, *category.flags_at.get(phrase.level, ())),
                about=category.about,
                ignores=category.ignores,
                asks=category.asks,
                urgent=category.urgent,
                replaces=category.replaces,
                adds_up=category.adds_up,
                bare=len(sequence) == 1,
                closes=pattern.closes(phrase.text),
                alone=pattern.alone(phrase.text),
                gapped=not GAPS.isdisjoint(sequence),
                negative="{not}" in sequence or any((word,) in self.slots.get("{not}", ()) for word in sequence),
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

    def _frames(self) -> tuple[FrameRule, ...]:
        frames: dict[str, FrameRule] = {}
        for source in self.sources:
            for frame in source.frames:
                known = frames.setdefault(frame.name, self._frame_rule(frame))
                frames[frame.name] = replace(known, spares=known.spares | frame.spares)
        return tuple(frames.values())

    def _frame_rule(self, frame: FrameSource) -> FrameRule:
        needs = any(f"with {frame.name}" in source.slots for source in self.sources)
        return FrameRule(frame.name, frame.lowers_to, frame.within, frame.spares, frame.writer_too, needs)

    def _fault(self, entry: Entry | Phrase, message: str, remedy: str) -> None:
        self.faults.append(Fault(entry.place, message, remedy))
