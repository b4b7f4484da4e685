"""Reviewing what staff say that screening judged wrongly: what changed lists would do, and how an accepted text
becomes an example.

Nothing is written into the content unless all lists keep all their examples afterwards. Candidates are read and
removed beside a running bot, which takes changed lists by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.app.storage import storage
from bot.app.word_lists import compiled, list_texts
from bot.config import Config
from bot.content.loading import SCREENING
from bot.content.reviewed import REVIEWED, ReviewedExample, render_reviewed, reviewed_examples
from bot.model.candidate import Candidate
from bot.model.source import Fault, FaultyContent, Place
from bot.model.verdict import Verdict
from bot.screening import Lists, check_lists, screen
from bot.screening.check import fits
from bot.screening.source import Example


@dataclass(frozen=True, slots=True)
class Effect:
    """What other lists would change, by texts: examples of all lists, and open candidates."""

    examples: int
    right: tuple[str, ...]
    """Examples that come out right and did not before."""
    wrong: tuple[str, ...]
    taken_out: tuple[str, ...]
    candidates_right: tuple[str, ...]
    candidates_wrong: tuple[str, ...]
    faults: tuple[Fault, ...]
    """All that is wrong with the lists as they would be."""


class ListChanged(Exception):
    """A word list was changed by somebody else meanwhile. Nothing has been written; begin anew."""

    def __init__(self) -> None:
        super().__init__(str(self.__doc__))


@dataclass(slots=True)
class Desk:
    """One review: the lists in use, the lists as they would be, and what has been decided so far."""

    folder: Path
    texts: Mapping[str, str]
    today: Lists
    candidates: tuple[Candidate, ...]
    tried_name: str = ""
    """The list that is tried in place of its namesake; empty where the lists stay as they are."""
    tried_text: str = ""
    tried: Lists | None = None
    accepted: dict[str, ReviewedExample] = field(default_factory=dict)
    """By candidate."""
    discarded: set[str] = field(default_factory=set)

    @property
    def lists(self) -> Lists:
        """The lists as they would be after this review."""
        return self.tried or self.today

    @property
    def categories(self) -> tuple[str, ...]:
        """All that the lists know, in their order."""
        names = (category.name for source in self.lists.sources for category in source.categories)
        return tuple(dict.fromkeys(names))

    def judge(self, candidate: Candidate) -> tuple[Verdict, Verdict | None]:
        """What today's lists say, and what the tried ones would."""
        return screen(candidate.text, self.today), screen(candidate.text, self.tried) if self.tried else None

    def accept(self, candidate: Candidate, category: str, level: str) -> bool:
        """Takes the text as an example; False where the lists do not judge it so, and then it stays open."""
        example = ReviewedExample(category, level, candidate.text)
        place = Place(f"{self.folder.name}/{SCREENING}/{REVIEWED}.yaml", 0)
        if not fits(Example(example.text, place, example.wanted), screen(example.text, self.lists).level):
            return False
        self.accepted[candidate.id] = example
        return True

    def effect(self) -> Effect:
        """What the tried lists change; with none, nothing but what is wrong already."""
        before = dict(_examples(self.today, self.today))
        after = dict(_examples(self.lists, self.lists))
        by_today = dict(_examples(self.lists, self.today))
        judged = [(candidate, *self.judge(candidate)) for candidate in self.candidates]
        moved = [
            (one.text, one.kind.fits(then.level), one.kind.fits(now.level))
            for one, then, now in judged
            if now is not None
        ]
        return Effect(
            examples=len(after),
            right=tuple(text for text, right in after.items() if right and not by_today[text]),
            wrong=tuple(text for text, right in after.items() if not right and by_today[text]),
            taken_out=tuple(text for text in before if text not in after),
            candidates_right=tuple(text for text, then, now in moved if now and not then),
            candidates_wrong=tuple(text for text, then, now in moved if then and not now),
            faults=check_lists(self.lists),
        )

    def finish(self) -> tuple[Fault, ...]:
        """Writes the tried list and the accepted examples, if then everything is right; otherwise what is wrong, and
        nothing is written. Raises ListChanged, MoreThanExamples, OSError.
        """
        changed = self._changed()
        if not changed:
            return ()
        if list_texts(self.folder) != dict(self.texts):
            raise ListChanged
        try:
            faults = check_lists(compiled({**self.texts, **changed}, self.folder))
        except FaultyContent as faulty:
            return faulty.faults
        if not faults:
            for name, text in changed.items():
                _write(self.folder / SCREENING / f"{name}.yaml", text)
        return faults

    def _changed(self) -> dict[str, str]:
        changed = {self.tried_name: self.tried_text} if self.tried_name else {}
        known = reviewed_examples(self.lists)
        if set(self.accepted.values()) - set(known):
            changed[REVIEWED] = render_reviewed((*known, *self.accepted.values()))
        return changed

    @property
    def done(self) -> tuple[Candidate, ...]:
        """The candidates about which something has been decided."""
        return tuple(one for one in self.candidates if one.id in self.accepted or one.id in self.discarded)


def open_desk(folder: Path, candidates: Sequence[Candidate], trying: Path | None) -> Desk:
    """Raises FaultyContent: for the lists in use, and for those that are to be tried."""
    texts = list_texts(folder)
    desk = Desk(folder, texts, compiled(texts, folder), tuple(candidates))
    if trying is not None:
        desk.tried_name, desk.tried_text = _name_of(trying, texts), _text_of(trying)
        desk.tried = compiled({**texts, desk.tried_name: desk.tried_text}, folder)
    return desk


async def open_candidates(config: Config, key: str) -> tuple[Candidate, ...]:
    """Raises StoreTrouble, WrongKey, and what `storage` raises."""
    async with storage(config, key) as kept:
        await kept.store.prepare()
        return await kept.store.candidates.all()


async def forget_candidates(config: Config, key: str, candidates: Sequence[Candidate]) -> None:
    """Raises StoreTrouble, WrongKey, and what `storage` raises."""
    async with storage(config, key) as kept:
        await kept.store.prepare()
        for candidate in candidates:
            await kept.store.candidates.forget(candidate)


def _examples(of: Lists, judged_by: Lists) -> Iterator[tuple[str, bool]]:
    """Each example, and whether it comes out right."""
    for source in of.sources:
        for category in source.categories:
            for example in category.examples:
                yield example.text, fits(example, screen(example.text, judged_by).level)


def _name_of(path: Path, texts: Mapping[str, str]) -> str:
    """Which list a file is a copy of: `id.yaml`, `id-new.yaml` and `id.2.yaml` are copies of `id`."""
    name = re.split(r"[^A-Za-z]", path.name)[0]
    if name in texts:
        return name
    known = ", ".join(f"`{each}.yaml`" for each in sorted(texts))
    remedy = f"Let its name begin like the list's that it is to replace: {known}"
    raise FaultyContent((Fault(Place(path.name, 1), "this is a copy of no word list", remedy),))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        fault = Fault(Place(path.name, 1), "the file cannot be read as UTF-8 text", "Save it as UTF-8")
        raise FaultyContent((fault,)) from None


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a running bot may read at any moment."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
