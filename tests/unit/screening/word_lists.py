"""Word lists for tests: from YAML text, and the project's own, compiled once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.content.reader import node_of
from bot.model.source import Fault
from bot.screening import Lists, compile_lists
from bot.screening.compile import Compiler

ROOT = Path(__file__).parents[3]
LISTS = ROOT / "flows" / "screening"


def lists_of(*texts: str) -> Lists:
    """Lists of one language or several, which must have no faults in their form."""
    nodes = {f"test{place}": node_of(text, "test.yaml") for place, text in enumerate(texts)}
    lists, faults = compile_lists(nodes)
    assert not faults, "\n".join(map(str, faults))
    return lists


def faults_of(text: str) -> tuple[Fault, ...]:
    return compile_lists({"test": node_of(text, "test.yaml")})[1]


@cache
def project_lists() -> Lists:
    nodes = {
        path.stem: node_of(path.read_text(), f"flows/screening/{path.name}") for path in sorted(LISTS.glob("*.yaml"))
    }
    lists, faults = compile_lists(nodes)
    assert not faults, "\n".join(map(str, faults))
    return lists


@cache
def without_idioms() -> Lists:
    """The project's own, as if it had no idioms."""
    sources = project_lists().sources
    return Compiler(tuple(replace(source, idioms=[]) for source in sources)).compile("without idioms")
