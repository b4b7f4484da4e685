"""The word lists alone, for commands that judge texts and need no flows."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from bot.content import sources
from bot.content.loading import SCREENING
from bot.content.reader import read_yaml
from bot.model.source import Fault, FaultyContent, Node, Place
from bot.screening import Lists, compile_lists


def load_lists(folder: Path) -> Lists:
    """Raises FaultyContent."""
    nodes: dict[str, Node] = {}
    faults: list[Fault] = []
    for name, text in sources(folder).items():
        path = PurePosixPath(name)
        if path.parent.name != SCREENING:
            continue
        node, wrong = read_yaml(text, name)
        faults.extend(wrong)
        if node is not None:
            nodes[path.stem] = node
    if not nodes and not faults:
        faults.append(Fault(Place(f"{folder.name}/{SCREENING}", 0), "there are no word lists", "Write one a language."))
    lists, wrong = compile_lists(nodes)
    faults.extend(wrong)
    if faults:
        raise FaultyContent(tuple(sorted(faults)))
    return lists
