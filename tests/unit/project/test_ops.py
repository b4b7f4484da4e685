"""Dashboards and alerts ask for metrics that the bot tells, by labels that it gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app.pulse import ages, lengths, people
from bot.console import Platform, Process, Pulse
from bot.console.metrics import exposition
from bot.model.event import Lane
from bot.runtime.measures import TALLIES, TIMINGS, Measures
from bot.store import StoreHealth, Watch

PROJECT = Path(__file__).parents[3]
OPS = PROJECT / "ops"
OPERATORS = (PROJECT / "docs" / "operators.md").read_text()
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((OPS / "alerts.yaml").read_text())["groups"] for rule in group["rules"]
]
DASHBOARD: dict[str, Any] = json.loads((OPS / "dashboard.json").read_text())


def told() -> str:
    """Everything that a bot ever tells, each measure once."""
    measures = Measures()
    for tally in TALLIES:
        measures.count(tally, *("x" for _ in tally.labels))
    for timing in TIMINGS:
        measures.took(timing, 1.0, *("x" for _ in timing.labels))
    health = StoreHealth(1.0, dict.fromkeys(Lane, 0), dict.fromkeys(Lane, 0), 0, 0, 0, 0)
    pulse = Pulse(
        store_ms=1.0,
        lengths=lengths(health),
        oldest_s=ages(Watch()),
        people=people(Watch()),
        platforms={"student": Platform("no-connection", 1.0)},
        counts={"updates": 1},
        processes={"all-1": Process(measures, {"gateway telegram student": 1.0})},
    )
    return exposition(pulse).decode()


TOLD = told()
SAMPLES = [line for line in TOLD.splitlines() if not line.startswith("#")]
NAMES = {re.split(r"[{ ]", line)[0] for line in SAMPLES}


def queries() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    yield from (target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"])


ASKED = sorted(set(queries()))


def selectors(query: str) -> Iterator[tuple[str, dict[str, tuple[str, str]]]]:
    """Each metric that a query names, with its label matchers."""
    for name, inside in re.findall(r"(sebaya_\w+)(?:\{([^}]*)\})?", query):
        yield name, {label: (how, value) for label, how, value in re.findall(r'(\w+)(=~|=)"([^"]*)"', inside)}


@pytest.mark.parametrize("query", ASKED)
def test_every_metric_that_is_asked_for_exists_with_these_labels(query: str) -> None:
    found = list(selectors(query))
    assert found
    for name, matchers in found:
        assert name in NAMES
        lines = [line for line in SAMPLES if re.split(r"[{ ]", line)[0] == name]
        for label, (how, value) in matchers.items():
            wanted = value if how == "=~" else re.escape(value)
            assert any(re.search(rf'[{{,]{label}="(?:{wanted})"', line) for line in lines), (name, label, value)


@pytest.mark.parametrize("query", ASKED)
def test_a_query_groups_by_labels_that_its_metrics_have(query: str) -> None:
    for labels in re.findall(r"by \(([^)]*)\)", query):
        for name, _ in selectors(query):
            line = next(line for line in SAMPLES if re.split(r"[{ ]", line)[0] == name)
            for label in labels.split(","):
                assert f'{label.strip()}="' in line, (name, label)


@pytest.mark.parametrize("name", sorted({f"{what.name}" for what in (*TALLIES, *TIMINGS)}))
def test_everything_that_is_measured_is_shown_or_watched(name: str) -> None:
    assert any(name in query for query in ASKED)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_every_alert_says_what_is_wrong_and_what_to_do_and_stands_in_the_docs(rule: dict[str, Any]) -> None:
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["remedy"]
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert f"`{rule['alert']}`" in OPERATORS


def test_no_panel_lies_over_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells
