"""`sebaya screen`: texts in, a JSON line each out. A faulty line is answered with a JSON line that says so."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.cli.options import config_option, read_config

if TYPE_CHECKING:
    from bot.model.verdict import Match, Verdict

Judge = Callable[[str], "Verdict"]


class FaultyLine(Exception):
    """A line of the input cannot be used."""


@click.command()
@click.option("--jsonl", is_flag=True, help='Lines are JSON: {"text": ..., "language": ...}.')
@click.option("--evaluate", type=click.File("rb"), help="Judge the labelled lines of a file and count the errors.")
@config_option
@click.pass_context
def screen(ctx: click.Context, jsonl: bool, evaluate: BinaryIO | None, config_path: Path | None) -> None:
    """Judges texts for risk: one a line on standard input, a line of JSON for each on standard output."""
    from bot.app.word_lists import load_lists
    from bot.screening.evaluation import evaluate_rows, render
    from bot.screening.screen import screen as judge

    config, _ = read_config(config_path)
    lists = load_lists(config.content_dir)
    if evaluate is not None:
        try:
            report = evaluate_rows(_rows(evaluate), lists)
        except (FaultyLine, ValueError) as trouble:
            raise click.ClickException(str(trouble)) from None
        click.echo(render(report), nl=False)
        return
    faulty = False
    for answer in answers(sys.stdin.buffer, functools.partial(judge, lists=lists), jsonl=jsonl):
        faulty = faulty or "error" in answer
        # Half a surrogate pair in the input is written as its escape: it has no UTF-8.
        click.echo(json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    ctx.exit(1 if faulty else 0)


def answers(lines: Iterable[bytes], judge: Judge, *, jsonl: bool) -> Iterator[dict[str, object]]:
    """For each line the verdict, or what is wrong with the line."""
    for number, line in enumerate(lines, start=1):
        try:
            text = _decoded(line, number).rstrip("\r\n")
            yield told(judge(_text_of(text, number) if jsonl else text))
        except FaultyLine as trouble:
            yield {"error": str(trouble), "line": number}


def told(verdict: Verdict) -> dict[str, object]:
    """A verdict as scripts read it."""
    return {
        "level": verdict.level.word,
        "categories": list(verdict.categories),
        "matches": [_match(match) for match in verdict.matches],
        "flags": [flag.value for flag in verdict.flags],
        "subject": verdict.subject,
        "ask": verdict.ask,
        "lists": verdict.lists,
    }


def _match(match: Match) -> dict[str, object]:
    return {
        "start": match.start,
        "end": match.end,
        "words": match.words,
        "rule": match.rule,
        "category": match.category,
        "level": match.level.word,
        "why": match.why,
    }


def _rows(lines: Iterable[bytes]) -> Iterator[Mapping[str, object]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _object(_decoded(line, number), number)


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise FaultyLine(f"line {number} is not UTF-8") from None


def _object(line: str, number: int) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise FaultyLine(f"line {number} is not JSON") from None
    if not isinstance(found, dict):
        raise FaultyLine(f"line {number} is not a JSON object")
    return found


def _text_of(line: str, number: int) -> str:
    row = _object(line, number)
    text, language = row.get("text"), row.get("language", "")
    if not isinstance(text, str):
        raise FaultyLine(f'line {number} has no "text" that is a string')
    if language is not None and not isinstance(language, str):
        raise FaultyLine(f'line {number} has a "language" that is not a string')
    return text
