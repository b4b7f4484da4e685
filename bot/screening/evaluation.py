"""How well the lists do on labelled messages: recall, precision, false alarms per 1,000, each with its uncertainty.

Rows are mappings `{"text", "label": "crisis" | "other", "source"}`; reading them from a file is the caller's work.
A message counts as flagged when its level is red or emergency; yellow is reported beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model.level import Level
from bot.model.verdict import Verdict
from bot.screening.lists import Lists
from bot.screening.screen import screen

CONFIDENCE = 1.96
"""Standard errors on either side: 95 %."""
MOST_SHOWN = 20
"""Misses and false alarms that a report lists."""
SHOWN_WIDTH = 160


@dataclass(slots=True)
class Tally:
    """What became of the rows of one source."""

    crisis: int = 0
    found: int = 0
    crisis_yellow: int = 0
    other: int = 0
    alarms: int = 0
    other_yellow: int = 0

    def add(self, is_crisis: bool, level: Level) -> None:
        if is_crisis:
            self.crisis += 1
            self.found += level.is_crisis
            self.crisis_yellow += level is Level.YELLOW
        else:
            self.other += 1
            self.alarms += level.is_crisis
            self.other_yellow += level is Level.YELLOW


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its verdict."""

    text: str
    source: str
    verdict: Verdict


@dataclass(slots=True)
class Report:
    lists: str = ""
    total: Tally = field(default_factory=Tally)
    by_source: dict[str, Tally] = field(default_factory=dict)
    by_category: dict[str, Tally] = field(default_factory=dict)
    misses: list[Judged] = field(default_factory=list)
    alarms: list[Judged] = field(default_factory=list)


def evaluate_rows(rows: Iterable[Mapping[str, object]], lists: Lists) -> Report:
    """Every row screened and counted. Raises ValueError for a row without text or with an unknown label."""
    report = Report(lists=lists.version)
    for number, row in enumerate(rows, start=1):
        text, label, source = row.get("text"), row.get("label"), str(row.get("source", ""))
        if not isinstance(text, str) or label not in {"crisis", "other"}:
            raise ValueError(f'row {number} needs "text" and a "label" of "crisis" or "other"')
        verdict = screen(text, lists)
        is_crisis = label == "crisis"
        report.total.add(is_crisis, verdict.level)
        report.by_source.setdefault(source, Tally()).add(is_crisis, verdict.level)
        for category in verdict.categories or ("(none)",):
            report.by_category.setdefault(category, Tally()).add(is_crisis, verdict.level)
        if is_crisis and not verdict.level.is_crisis:
            report.misses.append(Judged(text, source, verdict))
        elif not is_crisis and verdict.level.is_crisis:
            report.alarms.append(Judged(text, source, verdict))
    report.misses.sort(key=lambda judged: judged.verdict.level)
    report.alarms.sort(key=lambda judged: -judged.verdict.level)
    return report


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which holds for small counts and for none."""
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, CONFIDENCE**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = CONFIDENCE / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def render(report: Report) -> str:
    """The report as text for a terminal."""
    left = f"{'':24}{'crisis':>7}{'recall':>8}{'95 %':>13}{'yellow':>8}"
    head = f"{left}{'other':>8}{'alarms':>8}{'/1000':>8}{'95 %':>13}{'yellow':>8}"
    lines = [f"word lists {report.lists}", "", head, _line("all", report.total)]
    lines += [_line(source, tally) for source, tally in sorted(report.by_source.items())]
    lines += ["", _precision(report.total), "", "by category of the verdict", head]
    lines += [_line(category, tally) for category, tally in sorted(report.by_category.items())]
    lines += _listed("missed, worst first", report.misses)
    lines += _listed("false alarms", report.alarms)
    return "\n".join(lines) + "\n"


def _line(name: str, tally: Tally) -> str:
    recall = f"{tally.found / tally.crisis:.3f}" if tally.crisis else "-"
    rate = f"{1000 * tally.alarms / tally.other:.1f}" if tally.other else "-"
    return (
        f"{name[:23]:24}{tally.crisis:>7}{recall:>8}{_interval(tally.found, tally.crisis, 1, 2):>13}"
        f"{tally.crisis_yellow:>8}{tally.other:>8}{tally.alarms:>8}{rate:>8}"
        f"{_interval(tally.alarms, tally.other, 1000, 1):>13}{tally.other_yellow:>8}"
    )


def _interval(hits: int, of: int, scale: int, digits: int) -> str:
    if not of:
        return "-"
    low, high = wilson(hits, of)
    return f"{low * scale:.{digits}f}..{high * scale:.{digits}f}"


def _precision(tally: Tally) -> str:
    flagged = tally.found + tally.alarms
    if not flagged:
        return "precision: nothing was flagged"
    return f"precision {tally.found / flagged:.3f} ({_interval(tally.found, flagged, 1, 2)}), {flagged} flagged"


def _listed(title: str, judged: list[Judged]) -> list[str]:
    if not judged:
        return ["", f"{title}: none"]
    lines = ["", f"{title} ({len(judged)})"]
    for row in judged[:MOST_SHOWN]:
        text = " ".join(row.text.split())[:SHOWN_WIDTH]
        rules = ", ".join(match.rule for match in row.verdict.matches[:2])
        lines.append(f"  {row.verdict.level.word:<9} {row.source}: {text}" + (f"  <- {rules}" if rules else ""))
    return lines
