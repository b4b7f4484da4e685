"""What is wrong in word lists beyond their form: examples that fail, duplicates, phrases that can never match.

Everything is a fault with file and line; a deployment refuses lists that have any.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.level import Level
from bot.model.source import Fault, Place
from bot.screening import pattern
from bot.screening.lists import Lists
from bot.screening.probe import Probe
from bot.screening.screen import screen
from bot.screening.source import PERSONS, TIMES, Example, Source

BUILT_IN = frozenset({"not", "joins", "tags", "passes", *PERSONS, *TIMES})
"""Slots that the engine itself uses."""


def check_lists(lists: Lists) -> tuple[Fault, ...]:
    """All faults, in the order of files and lines."""
    faults = [
        *_failing_examples(lists),
        *_duplicates(lists),
        *_unused_slots(lists),
        *_never_matching(lists),
        *_bare_categories(lists),
    ]
    return tuple(sorted(set(faults)))


def _failing_examples(lists: Lists) -> Iterator[Fault]:
    for source in lists.sources:
        for category in source.categories:
            for example in category.examples:
                verdict = screen(example.text, lists)
                if not fits(example, verdict.level):
                    rules = ", ".join(f"'{match.rule}'" for match in verdict.matches[:2]) or "nothing"
                    wanted = _wanted(example)
                    yield Fault(
                        example.place,
                        f"the example '{example.text}' must be {wanted} and is {verdict.level.word} ({rules})",
                        "Add or correct a phrase or an idiom, or move the example to the level it deserves",
                    )


def fits(example: Example, level: Level) -> bool:
    """A calm example may be green or blue, a red one an emergency; the others exactly what they say."""
    if example.level <= Level.BLUE:
        return level <= Level.BLUE
    if example.level is Level.RED:
        return level >= Level.RED
    return level is example.level


def _wanted(example: Example) -> str:
    return "calm" if example.level <= Level.BLUE else example.level.word


def _duplicates(lists: Lists) -> Iterator[Fault]:
    for source in lists.sources:
        yield from _repeated("phrase", [(p.text, p.place, c.name) for c in source.categories for p in c.phrases])
        yield from _repeated("example", [(e.text, e.place, c.name) for c in source.categories for e in c.examples])
        yield from _repeated("idiom", [(e.text, e.place, "idioms") for e in source.idioms])
        for name, entries in source.slots.items():
            yield from _repeated("entry", [(e.text, e.place, name) for e in entries])


def _repeated(what: str, entries: list[tuple[str, Place, str]]) -> Iterator[Fault]:
    first: dict[str, tuple[Place, str]] = {}
    for text, place, where in entries:
        key = " ".join(text.lower().split())
        if key in first:
            before, holder = first[key]
            yield Fault(place, f"the {what} '{text}' stands already in '{holder}' ({before})", "Take one of them out")
        else:
            first[key] = (place, where)


def _unused_slots(lists: Lists) -> Iterator[Fault]:
    used = {name for source in lists.sources for text in _texts(source) for name in pattern.slots_in(text)}
    for source in lists.sources:
        for name, place in source.slot_places.items():
            if name not in used and name not in BUILT_IN and not name.startswith(("frame ", "unless ", "with ")):
                yield Fault(
                    place, f"the slot '{name}' is used by no phrase", "Use it as {" + name + "}, or take it out"
                )


def _texts(source: Source) -> Iterator[str]:
    for entries in (source.idioms, *source.slots.values()):
        yield from (entry.text for entry in entries)
    for category in source.categories:
        yield from (phrase.text for phrase in category.phrases)


def _never_matching(lists: Lists) -> Iterator[Fault]:
    """Phrases that are built from their own words and still do not match: an empty slot, or an idiom in the way."""
    probe = Probe(lists)
    for source in lists.sources:
        for category in source.categories:
            for phrase in category.phrases:
                reason = probe.trouble(phrase)
                if reason:
                    message = f"the phrase '{phrase.text}' can never match: {reason}"
                    yield Fault(phrase.place, message, "Change the phrase, or what stands in its way")


def _bare_categories(lists: Lists) -> Iterator[Fault]:
    for source in lists.sources:
        for category in source.categories:
            if category.phrases and not category.examples:
                message = f"category '{category.name}' has phrases and no examples"
                yield Fault(category.place, message, "Write examples that must match and some that must stay calm")
