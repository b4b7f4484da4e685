"""From word lists as written to the tries and tables that match.

Slots of one name in several languages are one slot, and every phrase is open to every language's words: that is how
mixed languages are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from bot.model.source import Fault, Node
from bot.model.verdict import Verdict
from bot.screening import inflect, pattern
from bot.screening.lexicon import Lexicon
from bot.screening.lists import FrameRule, Idiom, Lists, Rule
from bot.screening.normalise.fold import fold
from bot.screening.normalise.tokens import cut
from bot.screening.pattern import GAPS, BadPhraseError, Sequence
from bot.screening.source import PERSONS, TIMES, Category, Entry, FrameSource, Phrase, Reader, Source
from bot.screening.telling import Anchors
from bot.screening.trie import TrieNode

DIGEST_LENGTH = 12
SHORTEST_BASE = 4
"""Letters before an ending: `punya` is no `pu` with `-nya`."""


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


def _frame_rule(frame: FrameSource) -> FrameRule:
    return FrameRule(frame.name, frame.lowers_to, frame.within, frame.spares, frame.writer_too)


class Compiler:
    """Gathers words, slots and rules of all sources, then makes the tables."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self.faults: list[Fault] = []
        self.spellings: dict[str, tuple[str, ...]] = {}
        self.symbols: dict[str, set[str]] = {}
        self.slots: dict[str, list[Sequence]] = {}
        """By slot symbol: what it stands for."""
        self.rules: TrieNode[Rule] = TrieNode()
        self.idioms: TrieNode[Idiom] = TrieNode()
        self.rule_sequences: list[Sequence] = []
        self._literals: dict[str, list[str]] = {}
        self.forms: dict[str, frozenset[str]] = {}
        """By inflected symbol: the words that satisfy it."""

    def compile(self, version: str) -> Lists:
        for source in self.sources:
            self._spellings(source)
        for source in self.sources:
            for name, entries in source.slots.items():
                self._slot(name, entries, source)
        for source in self.sources:
            self._idioms(source)
            for category in source.categories:
                for phrase in category.phrases:
                    self._rule(category, phrase, source)
        tries = self._slot_tries()
        for name, found in self.slots.items():
            for sequence in found:
                if len(sequence) == 1 and sequence[0][0] != "{":
                    self.symbols.setdefault(sequence[0], set()).add(name)
        self._spread_inflections()
        self._spread_endings()
        anchors = Anchors(self.slots, self.forms, self._common())
        for sequence in self.rule_sequences:
            anchors.add(sequence)
        endings = [entry.text for source in self.sources for entry in source.endings]
        vocabulary = {word for word in self.symbols if word[0] not in "{~."} | set(endings)
        fillers = {word for source in self.sources for word in self._words(source.fillers)} | set(endings)
        lexicon = Lexicon(
            vocabulary | fillers,
            self.spellings,
            anchors.signs(),
            self._watched(),
            {word for source in self.sources for word in self._words(source.ordinary)},
            endings,
        )
        symbols = {word: tuple(sorted(found)) for word, found in self.symbols.items()}
        frames = self._frames()
        reserved = {"not", "tags", "passes", *PERSONS, *TIMES, *(f"frame {frame.name}" for frame in frames)}
        return Lists(
            version=version,
            lexicon=lexicon,
            symbols=symbols,
            fillers=frozenset(fillers),
            slot_tries=tries,
            rules=self.rules,
            idioms=self.idioms,
            calm=Verdict(lists=version),
            reserved=frozenset("{" + name + "}" for name in reserved),
            frames=frames,
            sources=self.sources,
        )

    def _spellings(self, source: Source) -> None:
        for meant, written in source.spellings:
            words = tuple(piece.text for piece in cut(fold(meant.text)))
            pieces = cut(fold(written.text))
            if len(pieces) != 1:
                self._fault(written, f"the spelling '{written.text}' is not one word", "Put it into a slot instead")
                continue
            for piece in pieces:
                before = self.spellings.get(piece.text)
                if before is not None and before != words:
                    message = f"'{written.text}' already stands for '{' '.join(before)}'"
                    self._fault(written, message, "Keep one of the two")
                self.spellings.setdefault(piece.text, words)

    def _words(self, entries: Iterable[Entry]) -> set[str]:
        """The plain words of simple lists, respelled as everywhere."""
        return {word for entry in entries for piece in cut(fold(entry.text)) for word in self._meant(piece.text)}

    def _meant(self, word: str) -> Sequence:
        return self.spellings.get(word) or self.spellings.get(word.replace("'", "")) or (word,)

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
                meant.append(self._inflected(symbol, source))
            else:
                words = self._literal(symbol)
                for word in words:
                    self.symbols.setdefault(word, set()).add(word)
                meant.extend(words)
        return tuple(meant)

    def _literal(self, written: str) -> list[str]:
        """The words that a word of a phrase means, as every message is read."""
        if written not in self._literals:
            self._literals[written] = [word for piece in cut(fold(written)) for word in self._meant(piece.text)]
        return self._literals[written]

    def _alternatives(self, symbol: str, entry: Entry | Phrase, source: Source) -> str:
        """`a/b` as a slot without a name."""
        name = "{/" + symbol + "}"
        if name not in self.slots:
            parts = (self._symbols(pattern.bound(part), entry, source) for part in symbol.split("/"))
            self.slots[name] = [part for part in parts if part]
        return name

    def _inflected(self, symbol: str, source: Source) -> str:
        word = fold(symbol.lstrip("~")).text
        if symbol.startswith("~~"):
            forms = inflect.PASSIVES.get(source.grammar, inflect.none)(word)
        else:
            forms = inflect.GRAMMARS.get(source.grammar, inflect.none)(word)
        self.forms[symbol] = forms
        for form in forms:
            self.symbols.setdefault(form, set()).add(symbol)
        return symbol

    def _spread_inflections(self) -> None:
        """A slot that lists `~word` is satisfied by each of its forms."""
        for name, found in self.slots.items():
            for sequence in found:
                if len(sequence) == 1 and sequence[0][0] == "~":
                    for form in self.forms[sequence[0]]:
                        self.symbols[form].add(name)

    def _spread_endings(self) -> None:
        """Where a list names `talinya` itself, it still counts as `tali` too."""
        endings = tuple(entry.text for source in self.sources for entry in source.endings)
        fillers = {entry.text for source in self.sources for entry in source.fillers}
        for word, symbols in self.symbols.items():
            if word in fillers:
                continue
            for ending in endings:
                base = word.removesuffix(ending)
                if base != word and len(base) >= SHORTEST_BASE and base in self.symbols:
                    symbols.update(self.symbols[base])
                    self.forms[base] = self.forms.get(base, frozenset({base})) | {word}

    def _idioms(self, source: Source) -> None:
        for entry in source.idioms:
            for sequence in self._sequences(entry, source):
                self.idioms.add(sequence, Idiom(entry.text, entry.place))

    def _rule(self, category: Category, phrase: Phrase, source: Source) -> None:
        for sequence in self._sequences(phrase, source):
            rule = Rule(
                name=f"{category.name}/{phrase.text}",
                category=category.name,
                level=phrase.level,
                flags=category.flags,
                about=category.about,
                ignores=category.ignores,
                asks=category.asks,
                urgent=category.urgent,
                replaces=category.replaces,
                adds_up=category.adds_up,
                bare=len(sequence) == 1,
                closes=pattern.closes(phrase.text),
                gapped=not GAPS.isdisjoint(sequence),
                negative="{not}" in sequence or any((word,) in self.slots.get("{not}", ()) for word in sequence),
                place=phrase.place,
            )
            self.rules.add(sequence, rule)
            self.rule_sequences.append(sequence)

    def _slot_tries(self) -> tuple[TrieNode[str], ...]:
        """One trie for each depth of nesting, innermost first."""
        depth: dict[str, int] = {}
        for symbol in self.slots:
            self._depth(symbol, depth, ())
        tries: dict[int, TrieNode[str]] = {}
        for symbol, found in self.slots.items():
            for sequence in found:
                if len(sequence) > 1 or sequence[0][0] == "{":
                    tries.setdefault(depth[symbol], TrieNode()).add(sequence, symbol)
        return tuple(tries[level] for level in sorted(tries))

    def _depth(self, symbol: str, depth: dict[str, int], above: tuple[str, ...]) -> int:
        if symbol in above:
            name = symbol[1:-1]
            place = next(s.slot_places[name] for s in self.sources if name in s.slot_places)
            chain = " > ".join((*above[above.index(symbol) :], symbol))
            self.faults.append(Fault(place, f"slots contain each other: {chain}", "Take one of them out of the other"))
            return 0
        if symbol not in depth:
            inner = {part for sequence in self.slots.get(symbol, ()) for part in sequence if part[0] == "{"}
            depth[symbol] = 1 + max((self._depth(part, depth, (*above, symbol)) for part in inner), default=0)
        return depth[symbol]

    def _common(self) -> dict[str, int]:
        """Each common word with its place in its list."""
        places: dict[str, int] = {}
        for source in self.sources:
            for place, entry in enumerate(source.common):
                for word in self._words([entry]):
                    places[word] = min(place, places.get(word, place))
        return places

    def _watched(self) -> set[str]:
        """Words that are recognised in every disguise: as listed, and in all forms where marked with `~`."""
        watched: set[str] = set()
        for source in self.sources:
            for entry in source.watched:
                for sequence in self._sequences(entry, source):
                    watched.update(word for symbol in sequence for word in self.forms.get(symbol, (symbol,)))
        return watched

    def _frames(self) -> tuple[FrameRule, ...]:
        frames: dict[str, FrameRule] = {}
        for source in self.sources:
            for frame in source.frames:
                frames.setdefault(frame.name, _frame_rule(frame))
        return tuple(frames.values())

    def _fault(self, entry: Entry | Phrase, message: str, remedy: str) -> None:
        self.faults.append(Fault(entry.place, message, remedy))
