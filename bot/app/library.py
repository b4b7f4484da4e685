"""The content in use, and the older editions in which running conversations go on.

A new edition is loaded beside the old one and takes its place whole, or not at all. Its files are kept in the
store, so that any process can go on with a conversation that another one began.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot.app.checking import examine_content
from bot.content import Content, load_sources
from bot.content.loading import SCREENING
from bot.model.source import FaultyContent

logger = logging.getLogger(__name__)

MOST_EDITIONS = 8
"""Older editions kept in memory; conversations last minutes to hours, and content changes rarely."""


class EditionShelf(Protocol):
    """Where the files of editions are kept; the store's admin fills it."""

    async def save_edition(self, edition: str, files: Mapping[str, str]) -> None: ...

    async def edition(self, edition: str) -> dict[str, str] | None: ...


class EditionWanted(Exception):
    """A conversation needs an edition that has not been fetched yet: fetch it and begin again."""

    def __init__(self, edition: str) -> None:
        super().__init__(edition)
        self.edition = edition


class Library:
    """Fills `bot.casework.work.Contents`."""

    def __init__(self, folder: Path, languages: Sequence[str], shelf: EditionShelf) -> None:
        self._folder = folder
        self._languages = tuple(languages)
        self._shelf = shelf
        self._current: Content | None = None
        self._older: dict[str, Content | None] = {}
        """By edition, the newest last; None for one that nobody has any more."""

    @property
    def current(self) -> Content:
        if self._current is None:
            raise RuntimeError("the library was used before its first load")
        return self._current

    @property
    def edition_in_use(self) -> str:
        """Empty where this process needs no content."""
        return self._current.edition if self._current else ""

    def edition(self, edition: str) -> Content | None:
        """None where the edition is lost. Raises EditionWanted where it has not been looked for yet."""
        if edition == self.current.edition:
            return self.current
        if edition not in self._older:
            raise EditionWanted(edition)
        return self._older[edition]

    async def load(self) -> bool:
        """Takes what stands in the folder now; True if that is new.

        Raises FaultyContent for content with any fault, failing examples and conversations included; nothing changes.
        """
        # In a thread: compiling the word lists and trying them takes longer than a conversation should stand still.
        examined = await asyncio.to_thread(examine_content, self._folder, self._languages)
        content = examined.fit()
        before = self._current
        if before is not None and before.edition == content.edition:
            return False
        await self._shelf.save_edition(content.edition, examined.files)
        if before is not None:
            self._put(before.edition, before)
        self._current = content
        logger.info("content loaded", extra={"edition": content.edition, "warnings": len(content.warnings)})
        return True

    async def fetch(self, edition: str) -> None:
        """Looks for an older edition in the store."""
        files = await self._shelf.edition(edition)
        self._put(edition, None if files is None else await asyncio.to_thread(self._rebuilt, edition, files))

    def _rebuilt(self, edition: str, files: Mapping[str, str]) -> Content | None:
        """Without word lists: screening always uses the newest."""
        flows = {name: text for name, text in files.items() if f"/{SCREENING}/" not in name}
        try:
            return load_sources(flows, self._languages)
        except FaultyContent:
            # Checked by a version of the program that allowed it: its conversations go on with today's flows.
            logger.warning("an older edition of the content cannot be used any more", extra={"edition": edition})
            return None

    def _put(self, edition: str, content: Content | None) -> None:
        self._older.pop(edition, None)
        self._older[edition] = content
        while len(self._older) > MOST_EDITIONS:
            self._older.pop(next(iter(self._older)))
