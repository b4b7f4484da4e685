"""Rules of the house that no other tool holds: short files, short functions, no sentences and no secrets in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[3]
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
SOURCES = sorted([*PROJECT.glob("bot/**/*.py"), *PROJECT.glob("handlers/**/*.py")])
RULES = [
    path for path in SOURCES if path.relative_to(PROJECT).parts[:2] == ("bot", "casework") or "handlers" in path.parts
]
TREES = {path: ast.parse(path.read_text()) for path in SOURCES}
TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{30,}")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;:.!?]? [^\W\d_]{2,}")
OURS = ("bot", "handlers", "tests", "docs", "flows", "benchmarks", "ops", ".ci")
TEXT = {".py", ".md", ".yaml", ".yml", ".txt", ".toml", ".lua", ".html", ".js", ".css", ".json", ".example", ""}


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def kept_files() -> Iterator[Path]:
    """What we write, without what tools leave behind."""
    yield from (path for path in PROJECT.iterdir() if path.is_file() and path.name != ".env")
    for folder in OURS:
        yield from (
            path for path in (PROJECT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )


def test_no_file_is_long() -> None:
    assert [name_of(path) for path in SOURCES if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def test_no_function_is_long() -> None:
    long = [
        f"{name_of(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_module_says_its_job() -> None:
    assert [name_of(path) for path, tree in TREES.items() if tree.body and not ast.get_docstring(tree)] == []


def test_nothing_that_is_kept_looks_like_a_token() -> None:
    found = [
        name_of(path)
        for path in kept_files()
        if path.suffix in TEXT and TOKEN.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


NOT_SHOWN = frozenset({"compile", "Match", "Concern", "troubles.append"})
"""Calls whose texts are patterns, reasons for the record, or words for the log."""


RECOGNISERS = frozenset({"bot/casework/reasons.py"})
"""Hold pieces of screening's English reasons, to find the sentence of the content that says the same."""


def is_not_shown(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return any(name == known or name.endswith(f".{known}") for known in NOT_SHOWN)


def sentences(tree: ast.AST) -> Iterator[str]:
    """Texts that a person might be shown. Docstrings and what is raised are for developers and do not count."""
    for child in ast.iter_child_nodes(tree):
        match child:
            case ast.Raise() | ast.Expr(value=ast.Constant()) | ast.Assert():
                continue
            case ast.Call() if is_not_shown(child):
                continue
            case ast.ClassDef(bases=[*_, ast.Name(id="Exception" | "ValueError" | "LookupError")]):
                continue
            case ast.Constant(value=str(text)) if SENTENCE.search(text):
                yield text
            case _:
                yield from sentences(child)


def test_no_sentence_that_a_person_reads_stands_in_python() -> None:
    found = {name_of(path): list(sentences(TREES[path])) for path in RULES if name_of(path) not in RECOGNISERS}
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_the_search_for_sentences_finds_one() -> None:
    source = 'def f():\n    """A docstring."""\n    raise E("not shown to people")\n    return f"Hello dear {x}"\n'
    assert list(sentences(ast.parse(source))) == ["Hello dear "]


def test_no_two_test_files_have_one_name() -> None:
    """pytest imports tests by their plain names; a second one of a name cannot be collected."""
    names = [path.name for path in (PROJECT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []
