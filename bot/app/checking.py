"""Everything that can be known to be wrong before a person meets it: config, flows, sentences, word lists."""

from __future__ import annotations

from dataclasses import dataclass

from bot.config import Config
from bot.content import load
from bot.model.source import Fault, FaultyContent
from bot.screening import check_lists


@dataclass(frozen=True, slots=True)
class Findings:
    """`faults` keep content from going live; `warnings` want somebody's care."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...] = ()
    edition: str = ""


def check_content(config: Config) -> Findings:
    try:
        content = load(config.content_dir, config.program.languages)
    except FaultyContent as trouble:
        return Findings(trouble.faults)
    return Findings(tuple(sorted(check_lists(content.screening))), content.warnings, content.edition)
