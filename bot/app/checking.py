"""Everything that can be known to be wrong before a person meets it: flows, sentences, word lists and their tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.casework.words import Conversing
from bot.config import Config
from bot.content import Content, check_sources, sources, test_sources
from bot.model.source import Fault, FaultyContent, Place


@dataclass(frozen=True, slots=True)
class Findings:
    """`faults` keep content from going live; `warnings` want somebody's care."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    edition: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What stands in a folder. `files` are the very texts that were checked; `content` is None with any fault."""

    content: Content | None
    files: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()

    def fit(self) -> Content:
        """The content, if it may go live. Raises FaultyContent."""
        if self.content is None:
            raise FaultyContent(self.faults)
        return self.content


def examine_content(folder: Path, languages: Sequence[str]) -> Examined:
    """Reads each file once; then the faults of form, the examples of the word lists and the conversation tests."""
    try:
        files, tests = sources(folder), test_sources(folder)
    except FaultyContent as faulty:
        return Examined(None, {}, faulty.faults)
    checked = check_sources(files, tests, languages, whole=folder.name)
    if checked.content is None:
        return Examined(None, files, checked.faults)
    faults = (*checked.faults, *_missing_flows(checked.content, folder.name))
    return Examined(None if faults else checked.content, files, faults, checked.warnings)


def check_content(config: Config) -> Findings:
    found = examine_content(config.content_dir, config.program.languages)
    return Findings(found.faults, found.warnings, found.content.edition if found.content else "")


def _missing_flows(content: Content, folder: str) -> tuple[Fault, ...]:
    """The program starts these flows by name, each in a moment in which somebody waits for an answer."""
    return tuple(
        Fault(Place(f"{folder}/{word.value}.yaml", 0), "it is not there, and the bot starts this flow", "Write it")
        for word in Conversing
        if word.value not in content.flows
    )
