"""Why screening raised a case, in a counselor's own language: the category, the words, what lowered or raised it.

Screening tells its reasons in plain English pieces; each has a sentence `why.<the piece's words>`. A piece without one
is shown as it is: a reason in English is better than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.casework.masking import masked
from bot.casework.summary import level_label
from bot.casework.work import Work
from bot.model.case import Case
from bot.model.level import LEVEL_WORDS
from bot.model.text import Language
from bot.model.verdict import Judged, Match, one_line

MOST_REASONS = 2
"""The brief stays short enough to be read before the first message to the student."""
LONGEST_TEXT = 300
"""Of the text that raised the case."""
NOTHING = "-"
BETWEEN_PIECES = "; "
LISTED = "fits a phrase listed as "
FRAMED = "it stands in a frame of "
READ = "read through: "


def reasons(work: Work, case: Case, language: Language) -> str:
    """The text where the counselor does not get it anyhow, and what spoke for danger in it; a dash for a case that no
    text has raised.
    """
    if case.trigger is None:
        return NOTHING
    return "\n".join((*_text(work, case, case.trigger, language), *_lines(work, case.trigger, language))) or NOTHING


def signs(work: Work, case: Case, language: Language) -> str:
    """The same without the text: for those who are called, and may not be the one who takes the case."""
    return "\n".join(_lines(work, case.trigger, language) if case.trigger else ()) or NOTHING


def rules_told(judged: Judged) -> str:
    """The rules and the version of the lists, for the timeline."""
    return f"{', '.join(judged.rules)} (lists {judged.verdict.lists})"


def _text(work: Work, case: Case, trigger: Judged, language: Language) -> Iterator[str]:
    """A caption, the bubbles of a burst, what was written before the direct question: nothing else brings them."""
    if trigger.text and trigger.text not in {masked(line.text) for line in case.unread}:
        yield work.text("why.text", language, text=one_line(trigger.text)[:LONGEST_TEXT])


def _lines(work: Work, trigger: Judged, language: Language) -> Iterator[str]:
    """The strongest matches, a line each."""
    for match in sorted(trigger.verdict.matches, key=lambda match: -match.level)[:MOST_REASONS]:
        yield _line(work, match, language)


def _line(work: Work, match: Match, language: Language) -> str:
    told = BETWEEN_PIECES.join(_pieces(work, match.why, language))
    return work.text(
        "why.match", language, category=_category(work, match, language), words=one_line(match.words), why=told
    )


def _category(work: Work, match: Match, language: Language) -> str:
    """The category in plain words; the rule itself stands in the timeline, for whoever mends the lists."""
    key = f"category.{match.category.lower()}"
    return work.text(key, language) if key in work.content.keys else match.category


def _pieces(work: Work, why: str, language: Language) -> Iterator[str]:
    for piece in why.rstrip(".").split(BETWEEN_PIECES):
        lowered = piece[:1].lower() + piece[1:]
        if lowered.startswith(LISTED) and lowered.removeprefix(LISTED) in LEVEL_WORDS:
            level = LEVEL_WORDS[lowered.removeprefix(LISTED)]
            yield work.text("why.listed", language, level=level_label(work, level, language))
        elif lowered.startswith(FRAMED):
            yield work.text("why.framed", language, frame=_told(work, lowered.removeprefix(FRAMED), language))
        elif lowered.startswith(READ):
            ways = [_told(work, way, language) for way in lowered.removeprefix(READ).split(", ")]
            yield work.text("why.read", language, ways=", ".join(ways))
        else:
            yield _told(work, lowered, language)


def _told(work: Work, piece: str, language: Language) -> str:
    key = sentence_of(piece)
    return work.text(key, language) if key in work.content.keys else piece


def sentence_of(piece: str) -> str:
    """The key of the sentence that says this piece in every language."""
    return "why." + re.sub(r"[^a-z]+", "_", piece.lower()).strip("_")
