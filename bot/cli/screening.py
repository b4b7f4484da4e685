"""`sebaya screening review`: what staff say that screening judged wrongly, one by one on the terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import config_option, read_config, read_key
from bot.cli.screen import told
from bot.cli.troubles import run_async

if TYPE_CHECKING:
    from bot.app.reviewing import Desk, Effect
    from bot.model.candidate import Candidate
    from bot.model.verdict import Verdict

MOST_TEXTS = 20
"""Texts of one kind that the effect shows; the number of all is told."""
LEVELS = ("yellow", "red", "emergency")
ASK = "[a]ccept as an example, [d]iscard, [s]kip, [q]uit"


@click.group()
def screening() -> None:
    """Looks after the word lists."""


@screening.command()
@click.option("--try", "trying", type=click.Path(path_type=Path), help="A changed copy of a word list, to be tried.")
@click.option("--json", "as_json", is_flag=True, help="Only lists: a line of JSON for each text.")
@config_option
@click.pass_context
def review(ctx: click.Context, trying: Path | None, as_json: bool, config_path: Path | None) -> None:
    """Goes through the texts that staff call false alarms, or missed, beside a running bot."""
    from bot.app.reviewing import forget_candidates, open_candidates, open_desk

    config, _ = read_config(config_path)
    key = read_key()
    found: list[Candidate] = []

    async def fetch() -> None:
        found.extend(await open_candidates(config, key))

    run_async(fetch())
    desk = open_desk(config.content_dir, found, trying)
    if as_json:
        _list(desk)
        return
    if desk.tried is not None:
        _show_effect(desk.effect())
    _go_through(desk)
    written = _finish(desk, trying)
    if desk.done:
        run_async(forget_candidates(config, key, desk.done))
    click.echo(f"{len(desk.accepted)} accepted, {len(desk.discarded)} discarded, {len(found) - len(desk.done)} open.")
    if not written:
        ctx.exit(1)


def _list(desk: Desk) -> None:
    for candidate in desk.candidates:
        now, tried = desk.judge(candidate)
        row = {
            "id": candidate.id,
            "kind": candidate.kind.value,
            "language": candidate.language,
            "text": candidate.text,
            "day": _day(candidate),
            "then": {"level": candidate.level.word, "rules": candidate.rules, "lists": candidate.lists},
            "now": told(now),
            "right": candidate.kind.fits(now.level),
        }
        if tried is not None:
            row["tried"] = {**told(tried), "right": candidate.kind.fits(tried.level)}
        click.echo(json.dumps(row, ensure_ascii=False))
    if desk.tried is not None:
        effect = desk.effect()
        parts = {
            name: list(getattr(effect, name))
            for name in ("right", "wrong", "taken_out", "candidates_right", "candidates_wrong")
        }
        row = {"effect": {"examples": effect.examples, **parts, "faults": [str(fault) for fault in effect.faults]}}
        click.echo(json.dumps(row, ensure_ascii=False))


def _go_through(desk: Desk) -> None:
    for number, candidate in enumerate(desk.candidates, start=1):
        click.echo(
            f"\n{number} of {len(desk.candidates)} · {candidate.kind.value} · {candidate.language} · {_day(candidate)}"
        )
        click.echo(click.style(candidate.text, bold=True))
        now, tried = desk.judge(candidate)
        click.echo(f"then: {candidate.level.word} ({', '.join(candidate.rules) or 'nothing matched'})")
        _show_verdict("now: ", now)
        if tried is not None:
            _show_verdict("tried:", tried)
        answer = click.prompt(ASK, type=click.Choice(["a", "d", "s", "q"]), show_choices=False)
        if answer == "q":
            return
        if answer == "d":
            desk.discarded.add(candidate.id)
        elif answer == "a":
            _accept(desk, candidate, tried or now)


def _accept(desk: Desk, candidate: Candidate, verdict: Verdict) -> None:
    from bot.content.reviewed import CALM
    from bot.model.candidate import CandidateKind

    matched = (*(rule.partition("/")[0] for rule in candidate.rules), *verdict.categories)
    likely = next((name for name in matched if name in desk.categories), desk.categories[0])
    category = click.prompt("Category", type=click.Choice(desk.categories), default=likely)
    level = CALM
    if candidate.kind is CandidateKind.MISSED:
        level = click.prompt("Level that it must get", type=click.Choice(LEVELS), default="red")
    if not desk.accept(candidate, category, level):
        click.echo(
            f"It stays open: the lists judge it {verdict.level.word}, and an example must come out as it says. "
            "Change a copy of the list, and look at it with --try."
        )


def _finish(desk: Desk, trying: Path | None) -> bool:
    """Writes what was accepted, if it may be; otherwise it all stays open. False: something is wrong."""
    from bot.app.reviewing import ListChanged
    from bot.content.reviewed import MoreThanExamples

    if trying is not None and not click.confirm(f"\nPut {trying} in place of the list `{desk.tried_name}`?"):
        click.echo("No list has been changed, and what was accepted stays open.")
        desk.accepted.clear()
        return True
    try:
        faults = desk.finish()
    except (ListChanged, MoreThanExamples, OSError) as trouble:
        raise click.ClickException(str(trouble)) from None
    for fault in faults:
        click.echo(str(fault))
    if faults:
        click.echo("No list has been changed: not all examples would hold. What was accepted stays open.")
        desk.accepted.clear()
    return not faults


def _show_effect(effect: Effect) -> None:
    click.echo(f"The tried list, over {effect.examples} examples and all open texts:")
    for title, texts in (
        ("examples newly right", effect.right),
        ("examples newly wrong", effect.wrong),
        ("examples taken out", effect.taken_out),
        ("open texts newly right", effect.candidates_right),
        ("open texts newly wrong", effect.candidates_wrong),
        ("faults", tuple(map(str, effect.faults))),
    ):
        click.echo(f"  {title}: {len(texts)}")
        for text in texts[:MOST_TEXTS]:
            click.echo(f"    - {text}")


def _show_verdict(title: str, verdict: Verdict) -> None:
    click.echo(f"{title} {verdict.level.word}")
    for match in verdict.matches:
        click.echo(f"      “{match.words}” {match.rule}: {match.why}")


def _day(candidate: Candidate) -> str:
    return datetime.fromtimestamp(candidate.at / 1000, tz=UTC).date().isoformat()
