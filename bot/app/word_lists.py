"""The word lists alone, for commands that judge texts and need no flows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from bot.content import sources
from bot.content.loading import SCREENING
from bot.content.reader import read_yaml
from bot.model.source import Fault, FaultyContent, Node, Place
from bot.screening import Lists, compile_lists


def load_lists(folder: Path) -> Lists:
    """Raises FaultyContent."""
    return compiled(list_texts(folder), folder)


def list_texts(folder: Path) -> dict[str, str]:
    """The files of the word lists, by the list's name. Raises FaultyContent."""
    found = {PurePosixPath(name): text for name, text in sources(folder).items()}
    return {path.stem: text for path, text in found.items() if path.parent.name == SCREENING}


def compiled(texts: Mapping[str, str], folder: Path) -> Lists:
    """The lists of these texts, called as if they stood in `folder`. Raises FaultyContent."""
    nodes: dict[str, Node] = {}
    faults: list[Fault] = []
    for name, text in texts.items():
        node, wrong = read_yaml(text, f"{folder.name}/{SCREENING}/{name}.yaml")
        faults.extend(wrong)
        if node is not None:
            nodes[name] = node
    if not nodes and not faults:
        faults.append(Fault(Place(f"{folder.name}/{SCREENING}", 0), "there are no word lists", "Write one a language."))
    lists, wrong = compile_lists(nodes)
    faults.extend(wrong)
    if faults:
        raise FaultyContent(tuple(sorted(faults)))
    return lists
