"""The forms of a word, for entries that an author marks with `~`. One small grammar for each language that has one.

Generous on purpose: a form that nobody writes costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

NASAL = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
"""Indonesian: the first letter that melts into the nasal prefix."""
ENDINGS = ("", "in", "kan", "i")
VOWELS = frozenset("aeiou")


def indonesian(word: str) -> frozenset[str]:
    """Plain, active and colloquial: sayat, menyayat, nyayat, nyayatin, ngesayat, sayati, kusayat. Not passive `di-`."""
    nasal = _nasal(word)
    stems = {word, nasal, "me" + nasal, "nge" + word, "ku" + word}
    if word[0] in VOWELS or word[0] == "g":
        stems |= {"ng" + word, "meng" + word}
    if word[0] == "h":
        stems |= {"meng" + word}
    if word[0] in "dcj":
        stems |= {"n" + word, "men" + word}
    if word[0] == "b":
        stems |= {"mem" + word, "m" + word}
    return frozenset(_ended(stem, ending) for stem in stems for ending in ENDINGS)


def indonesian_passive(word: str) -> frozenset[str]:
    """What is done to somebody: dipukul, dipukulin, kepukul."""
    return frozenset(_ended(prefix + word, ending) for prefix in ("di", "ke") for ending in ENDINGS)


def english(word: str) -> frozenset[str]:
    """kill, kills, killing, killin, killed; cut, cutting; choke, choking."""
    if word.endswith("e"):
        stem = word[:-1]
        return frozenset({word, word + "s", stem + "ing", stem + "in", stem + "ed"})
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return frozenset({word, word[:-1] + "ies", word[:-1] + "ied", word + "ing", word + "in"})
    doubled = word + word[-1] if _doubles(word) else word
    plural = word + ("es" if word.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return frozenset({word, plural, doubled + "ing", doubled + "in", doubled + "ed"})


def _nasal(word: str) -> str:
    melted = NASAL.get(word[0])
    return melted + word[1:] if melted else word


def _ended(stem: str, ending: str) -> str:
    return stem if ending and stem.endswith(ending[0]) and ending == "i" else stem + ending


def _doubles(word: str) -> bool:
    """Short words that end in consonant, vowel, consonant: cut, stab, slit."""
    return (
        len(word) <= len("stab")
        and word[-1] not in VOWELS
        and word[-1] not in "wxyh"
        and word[-2:-1] in VOWELS
        and word[-3:-2] not in VOWELS
    )


GRAMMARS: dict[str, Callable[[str], frozenset[str]]] = {"indonesian": indonesian, "english": english}
PASSIVES: dict[str, Callable[[str], frozenset[str]]] = {"indonesian": indonesian_passive}


def none(word: str) -> frozenset[str]:
    """A language without a grammar here: `~` means the word itself."""
    return frozenset({word})
