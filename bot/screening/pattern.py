"""The language of phrases: `{want} [saja] mati/koit ... {self}`.

    word       the word itself, however it is spelled or mistyped
    ~word      the word in all its forms
    {slot}     anything that the slot lists
    [words]    may be missing
    a/b_c      one or the other, words or slots; _ binds several words
    ...        up to a few words of any kind, within the sentence
    ..         the same, and nobody else may be named in them
    .          at the very end: nothing but small words may follow in this part of the sentence

Turns one phrase into the sequences of symbols that it stands for. A symbol is a word, `{slot}`, `~word`,
`a/b` or a gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

GAP = "..."
OWN_GAP = ".."
CLOSING = " ."
ALONE = ". "
GAPS = frozenset({GAP, OWN_GAP})
LOOSE, STRICT = "loose", "strict"
"""How parts follow each other where no gap is: with fillers between them, or, in an idiom, with nothing."""
SOLE = r"(?:\{[^{}]*\}|[^\s\[\]{}/]+)"
PART = re.compile(rf"\.\.\.?|{SOLE}(?:/{SOLE})+|\{{[^{{}}]*\}}|\[[^\[\]]*\]|[^\s\[\]{{}}]+|\S")
SLOT_NAME = re.compile(r"\{[a-z][a-z0-9 _-]*\}")
PLAIN = re.compile(r"[^\[\]{}/.\s][^\[\]{}/.]*")
"""A phrase of words only, as most entries of slots are."""
MOST_SEQUENCES = 256
"""A phrase with more readings than this is not one that its author oversees."""

Sequence = tuple[str, ...]


class BadPhraseError(Exception):
    """A phrase cannot be read; the message says why and `remedy` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def closes(phrase: str) -> bool:
    """Whether the phrase must stand at the end of its part of the sentence."""
    return phrase.endswith(CLOSING)


def alone(phrase: str) -> bool:
    """Whether the phrase must be all that the message says."""
    return phrase.startswith(ALONE)


def sequences(phrase: str) -> list[Sequence]:
    """Every sequence of symbols that the phrase stands for. Raises BadPhraseError."""
    if PLAIN.fullmatch(phrase):
        return [tuple(phrase.split())]
    choices = [list(_choices(part)) for part in PART.findall(phrase.removeprefix(ALONE).removesuffix(CLOSING))]
    count = 1
    for options in choices:
        count *= len(options)
    if count > MOST_SEQUENCES:
        raise BadPhraseError("this phrase has too many readings", "Put alternatives into a slot, or write two phrases")
    found = [tuple(symbol for part in parts for symbol in part) for parts in product(*choices)]
    kept = [_trimmed(sequence) for sequence in found]
    if not all(kept):
        raise BadPhraseError("this phrase can match nothing at all", "Keep at least one word outside of [ ] and ...")
    return list(dict.fromkeys(kept))


def bound(alternative: str) -> Sequence:
    """The words of one alternative, which `_` binds: `deg_degan`."""
    return (alternative,) if alternative[0] == "{" else tuple(part for part in alternative.split("_") if part)


def slots_in(phrase: str) -> Iterator[str]:
    """The names of the slots that a phrase uses."""
    yield from re.findall(r"\{([^{}]*)\}", phrase)


def _choices(part: str) -> Iterator[Sequence]:
    if part in GAPS:
        yield (part,)
    elif part[0] == "{" and "/" not in part:
        if not SLOT_NAME.fullmatch(part):
            raise BadPhraseError(f"'{part}' is no slot", "Write {name}, in small letters")
        yield (part,)
    elif part[0] == "[":
        yield ()
        yield from sequences(part[1:-1])
    elif part[0] in "[]{}" and "/" not in part:
        raise BadPhraseError(f"a '{part}' stands alone", "Close every bracket that is opened, and nest none")
    elif part[0] == "/" or part[-1] == "/":
        raise BadPhraseError(f"an alternative of '{part}' is empty", "Write a word on both sides of /")
    else:
        yield (part,)


def _trimmed(sequence: Sequence) -> Sequence:
    """Without gaps at the ends, which would say nothing."""
    while sequence and sequence[0] in GAPS:
        sequence = sequence[1:]
    while sequence and sequence[-1] in GAPS:
        sequence = sequence[:-1]
    return sequence
