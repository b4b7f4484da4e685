"""Everything that `check` finds in the content: its faults, the examples of the word lists, the conversation tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.content import Content
from bot.content.conversation_tests import run_conversation_tests, untested_flows
from bot.content.loading import load_sources
from bot.content.reader import read_yaml
from bot.content.sources import sources, test_sources
from bot.model.source import Fault, FaultyContent
from bot.screening import check_lists


@dataclass(frozen=True, slots=True)
class Checked:
    """`content` is None when it could not even be loaded. With faults it must not go live; warnings only need care."""

    content: Content | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def check(folder: Path, languages: Sequence[str]) -> Checked:
    """Loads the folder, then runs what it says about itself."""
    try:
        return check_sources(sources(folder), test_sources(folder), languages, whole=folder.name)
    except FaultyContent as faulty:
        return Checked(None, faulty.faults)


def check_sources(
    files: Mapping[str, str], tests: Mapping[str, str], languages: Sequence[str], *, whole: str
) -> Checked:
    """The same for texts that were read already: what goes live is what was checked. `whole` names the folder."""
    try:
        content = load_sources(files, languages, whole=whole)
    except FaultyContent as faulty:
        return Checked(None, faulty.faults)
    read = [read_yaml(text, name) for name, text in tests.items()]
    nodes = [node for node, _ in read if node is not None]
    faults = [fault for _, found in read for fault in found]
    faults.extend(run_conversation_tests(content, nodes))
    faults.extend(check_lists(content.screening))
    untested = [
        Fault(content.flows[flow].place, f"no conversation test plays the flow `{flow}`", "Write one under tests")
        for flow in untested_flows(content, nodes)
    ]
    return Checked(content, tuple(sorted(faults)), (*content.warnings, *untested))


def load_checked(folder: Path, languages: Sequence[str]) -> Content:
    """The content of a folder, if it keeps all that it says of itself: fit to go live. Raises FaultyContent."""
    checked = check(folder, languages)
    if checked.content is None or checked.faults:
        raise FaultyContent(checked.faults)
    return checked.content
