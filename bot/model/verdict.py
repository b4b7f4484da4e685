"""What screening says of a text, in a form that a case can keep and a counselor can read."""

from __future__ import annotations

import msgspec

from bot.model.level import Flag, Level

BETWEEN_LINES = " / "


class Match(msgspec.Struct, frozen=True):
    """One reason. `start` and `end` are character positions in the original text, `words` the very words there."""

    start: int
    end: int
    words: str
    rule: str
    """Where the rule stands in the word lists: `category/phrase`."""
    category: str
    level: Level
    why: str
    """One plain English sentence: what lowered or raised it, whom it is about."""


class Verdict(msgspec.Struct, frozen=True):
    """The result of screening one text, or a burst of texts joined."""

    level: Level = Level.GREEN
    categories: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    matches: tuple[Match, ...] = ()
    subject: str = "none"
    """Whom the highest match is about: `self`, `other`, `you`, `none` (nobody named; counts as self)."""
    ask: bool = False
    """True when the text is ambiguous: one gentle, direct question is due."""
    lists: str = ""
    """The version of the word lists that judged."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that matched, in the order of the text, each once; what overlaps is told as one piece, what runs
        over several bubbles of a burst in one line.
        """
        pieces: list[tuple[int, str]] = []
        for match in sorted(self.matches, key=lambda match: (match.start, -match.end)):
            start, words = pieces[-1] if pieces else (match.start, "")
            end = start + len(words)
            if match.start >= end:
                pieces.append((match.start, match.words))
            elif match.end > end:
                pieces[-1] = (start, words + match.words[end - match.start :])
        return tuple(dict.fromkeys(one_line(words) for _, words in pieces))


class Judged(msgspec.Struct, frozen=True):
    """A text, masked, together with what screening said of it. The places in the verdict are the original's."""

    text: str
    verdict: Verdict

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that matched, each once."""
        return tuple(dict.fromkeys(match.rule for match in self.verdict.matches))


CALM = Verdict()


def one_line(words: str) -> str:
    """Words that run over several lines or bubbles, for a place in a sentence."""
    return BETWEEN_LINES.join(line.strip() for line in words.splitlines() if line.strip())
