"""How urgent a need is, and what kind of danger it is.

The levels are the zones of Indonesia's P3LP (Hijau, Biru, Kuning, Merah) plus Darurat; the flags are orthogonal
to them. A level rises by itself and falls only by a human's decision: code compares and takes the higher.
"""

from __future__ import annotations

import enum


class Level(enum.IntEnum):
    """Ordered: a higher number is more urgent."""

    GREEN = 0
    BLUE = 1
    YELLOW = 2
    RED = 3
    EMERGENCY = 4

    @property
    def word(self) -> str:
        """The word used in YAML and JSON: `green`, `blue`, `yellow`, `red`, `emergency`."""
        return self.name.lower()

    @property
    def is_crisis(self) -> bool:
        """From here on a counselor leads, never a random peer."""
        return self >= Level.RED

    @classmethod
    def from_word(cls, word: str) -> Level:
        """Raises KeyError for a word that is no level."""
        return LEVEL_WORDS[word]


LEVEL_WORDS = {level.word: level for level in Level}


class Flag(enum.StrEnum):
    """What kind of danger a case carries, whatever its level."""

    THIRD_PARTY = "third_party"
    MINOR = "minor"
    ABUSE = "abuse"
    SEXUAL_VIOLENCE = "sexual_violence"
    HARM_OTHERS = "harm_others"
    MEDICAL = "medical"
    PSYCHOSIS = "psychosis"
    EATING = "eating"
    DISASTER = "disaster"
    BEREAVED_BY_SUICIDE = "bereaved_by_suicide"
    DRILL = "drill"
