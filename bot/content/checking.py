"""Everything that `check` finds in the content: its faults, the examples of the word lists, the conversation tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.content import Content
from bot.content.conversation_tests import run_conversation_tests, untested_flows
from bot.content.loading import load
from bot.content.reader import read_yaml
from bot.content.sources import test_sources
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
        content = load(folder, languages)
        files = test_sources(folder)
    except FaultyContent as faulty:
        return Checked(None, faulty.faults)
    read = [read_yaml(text, name) for name, text in files.items()]
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
