"""Everything that can be known to be wrong before a person meets it: flows, sentences, word lists and their tests."""

from __future__ import annotations

from dataclasses import dataclass

from bot.config import Config
from bot.content import check
from bot.model.source import Fault


@dataclass(frozen=True, slots=True)
class Findings:
    """`faults` keep content from going live; `warnings` want somebody's care."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    edition: str


def check_content(config: Config) -> Findings:
    checked = check(config.content_dir, config.program.languages)
    content = checked.content
    if content is None:
        return Findings(checked.faults, (), "")
    return Findings(checked.faults, checked.warnings, content.edition)
