"""Reads texts for people: every language of the program, the same placeholders in each, nothing empty or too long."""

from __future__ import annotations

import re

from bot.flow.placeholders import has_stray_brace, placeholders_in
from bot.flow.reading import Reading
from bot.model.source import Node, Place
from bot.model.text import Text

LONGEST_TEXT = 3_500
"""Platforms take 4,096 characters; the rest is room for what placeholders bring in."""
LONGEST_LABEL = 64
"""A longer label is cut off on a phone."""

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_text(reading: Reading, node: Node, what: str, longest: int = LONGEST_TEXT) -> Text | None:
    """One text in every language; faults and None if it is not one."""
    bubbles = read_bubbles(reading, node, what, longest)
    if len(bubbles) > 1:
        reading.fault(node.place, f"{what} must be one text, not several", "Join them, or use `say` before it")
        return None
    return bubbles[0] if bubbles else None


def read_bubbles(reading: Reading, node: Node, what: str, longest: int = LONGEST_TEXT) -> tuple[Text, ...]:
    """One text or several, one after the other: a list in each language, or a list of texts."""
    if node.items is not None:
        return tuple(text for part in node.items for text in read_bubbles(reading, part, what, longest))
    if node.mapping is None:
        wanted = ", ".join(f"{language}: ..." for language in reading.languages)
        reading.fault(node.place, f"{what} must be a text in every language", f"Write {{{wanted}}}")
        return ()
    if not _languages_are_right(reading, node, node.mapping, what):
        return ()
    by_language = {language: _parts(part) for language, part in node.mapping.items()}
    if len({len(parts) for parts in by_language.values()}) > 1:
        reading.fault(node.place, f"{what} has more parts in one language than in another", "Write as many in each")
        return ()
    found = [_parts_are_right(reading, part, what, longest) for parts in by_language.values() for part in parts]
    if not all(found):
        return ()
    rows = zip(*by_language.values(), strict=True)
    texts = tuple(
        Text({language: _words(part) for language, part in zip(by_language, row, strict=True)}) for row in rows
    )
    return texts if _placeholders_are_right(reading, node.place, texts, what) else ()


def _languages_are_right(reading: Reading, node: Node, mapping: dict[str, Node], what: str) -> bool:
    right = True
    for language in reading.languages:
        if language not in mapping:
            reading.fault(node.place, f"{what} is missing in the language `{language}`", f"Add `{language}:`")
            right = False
    for key in mapping:
        if not _LANGUAGE.fullmatch(key):
            reading.fault(node.place_of(key), f"`{key}` in {what} is no language", "Use codes such as id and en")
            right = False
    return right


def _parts(node: Node) -> tuple[Node, ...]:
    return node.items if node.items is not None else (node,)


def _words(node: Node) -> str:
    return str(node.scalar).strip()


def _parts_are_right(reading: Reading, node: Node, what: str, longest: int) -> bool:
    if not node.is_scalar or node.scalar is None or not _words(node):
        reading.fault(node.place, f"{what} is empty in one language", "Write the words, in quotes if need be")
        return False
    if isinstance(node.scalar, bool):
        reading.fault(node.place, f"{what} reads as {node.scalar}, not as words", "Put the word in quotes")
        return False
    words = _words(node)
    if len(words) > longest:
        reading.fault(node.place, f"{what} has {len(words)} characters", f"Keep it to {longest} characters")
        return False
    if has_stray_brace(words):
        reading.fault(
            node.place,
            f"{what} has a brace that belongs to no placeholder",
            "Write placeholders as {name}, in small letters",
        )
        return False
    return True


def _placeholders_are_right(reading: Reading, place: Place, texts: tuple[Text, ...], what: str) -> bool:
    """Together the bubbles of every language name the same placeholders; their order is the translator's."""
    by_language: dict[str, frozenset[str]] = {}
    for text in texts:
        for language, words in text.by_language.items():
            by_language[language] = by_language.get(language, frozenset()) | placeholders_in(words)
    everywhere = frozenset().union(*by_language.values())
    right = True
    for language, names in by_language.items():
        for name in sorted(everywhere - names):
            reading.fault(
                place, f"{what} lacks {{{name}}} in the language `{language}`", "Use the same in each language"
            )
            right = False
    return right
