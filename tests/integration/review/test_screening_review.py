"""`sebaya screening review` at a terminal, beside a real server: shown, decided, written, and gone from the store."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from store_scene import NOW, receive, take, work_on

from bot.cli import main
from bot.model.candidate import Candidate, CandidateKind, day_of
from bot.model.level import Level
from bot.runtime.transaction import Transaction
from bot.store import EmbeddedServer, Keyring, new_key, open_store

LIST = """\
categories:
  A:
    phrases: {red: [mau mati, pengen mati]}
    examples: {red: [aku mau mati], calm: [halo]}
"""
FALSE_ALARM = Candidate(
    "candidate_1", CandidateKind.FALSE_ALARM, "id", "mau mati ketawa", Level.RED, ("A/mau mati",), "v1", day_of(NOW)
)
MISSED = Candidate("candidate_2", CandidateKind.MISSED, "id", "pengen hilang aja", Level.GREEN, (), "v1", day_of(NOW))
KEY = new_key()

Review = Callable[..., Result]


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    """The command in a folder with one small list and two open candidates."""
    for name in os.environ:
        if name.startswith("SEBAYA"):
            monkeypatch.delenv(name)
    screening = tmp_path / "flows" / "screening"
    screening.mkdir(parents=True)
    (screening / "id.yaml").write_text(LIST)
    asyncio.run(_keep(tmp_path / "data", FALSE_ALARM, MISSED))
    environ = {
        "SEBAYA_KEY": KEY,
        "SEBAYA__DATA_DIR": str(tmp_path / "data"),
        "SEBAYA__CONTENT_DIR": str(tmp_path / "flows"),
    }

    def run(*words: str, says: str = "") -> Result:
        return CliRunner(env=environ).invoke(main, ["screening", "review", *words], input=says)

    return run


async def _keep(data_dir: Path, *candidates: Candidate) -> None:
    async def handler(tx: Transaction) -> None:
        for candidate in candidates:
            tx.save(candidate)

    server = EmbeddedServer(data_dir)
    await server.open()
    store = open_store(server.url, "sebaya", Keyring.from_text(KEY))
    await store.prepare()
    await receive(store, "p_a")
    await work_on(store, await take(store), handler)
    await store.close()
    await server.close()


def listed(review: Review, *words: str) -> list[dict[str, object]]:
    result = review("--json", *words)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_scripts_get_a_line_for_each_text_with_todays_verdict(review: Review) -> None:
    rows = listed(review)
    assert [(row["kind"], row["text"], row["right"]) for row in rows] == [
        ("false_alarm", "mau mati ketawa", False),
        ("missed", "pengen hilang aja", False),
    ]
    assert "person" not in json.dumps(rows)


def test_a_discarded_text_is_gone_and_a_skipped_one_stays(review: Review) -> None:
    result = review(says="d\ns\n")
    assert result.exit_code == 0, result.output
    assert "0 accepted, 1 discarded, 1 open." in result.output
    assert [row["id"] for row in listed(review)] == ["candidate_2"]


def test_why_the_lists_judge_a_text_so_is_shown(review: Review) -> None:
    shown = review(says="q\n").output
    assert "then: red (A/mau mati)" in shown
    assert "“mau mati” A/mau mati: Fits a phrase listed as red" in shown


def test_a_text_is_not_accepted_while_the_lists_judge_it_wrongly(review: Review, tmp_path: Path) -> None:
    result = review(says="a\n\ns\n")
    assert "It stays open: the lists judge it red" in result.output
    assert len(listed(review)) == 2
    assert [path.name for path in (tmp_path / "flows" / "screening").iterdir()] == ["id.yaml"]


def test_a_changed_list_and_what_it_made_right_go_live_together(review: Review, tmp_path: Path) -> None:
    changed = tmp_path / "id-new.yaml"
    changed.write_text(LIST.replace("categories:", "idioms: [mau mati ketawa]\ncategories:"))
    rows = listed(review, "--try", str(changed))
    assert rows[-1]["effect"]["candidates_right"] == ["mau mati ketawa"]  # type: ignore[index]
    result = review("--try", str(changed), says="a\n\ns\ny\n")
    assert result.exit_code == 0, result.output
    assert "open texts newly right: 1" in result.output
    screening = tmp_path / "flows" / "screening"
    assert (screening / "id.yaml").read_text() == changed.read_text()
    assert '"mau mati ketawa"' in (screening / "reviewed.yaml").read_text()
    assert [row["id"] for row in listed(review)] == ["candidate_2"]


def test_a_tried_list_is_not_put_in_place_without_a_yes(review: Review, tmp_path: Path) -> None:
    changed = tmp_path / "id-new.yaml"
    changed.write_text(LIST.replace("categories:", "idioms: [mau mati ketawa]\ncategories:"))
    result = review("--try", str(changed), says="a\n\nd\nn\n")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "flows" / "screening" / "id.yaml").read_text() == LIST
    assert [row["id"] for row in listed(review)] == ["candidate_1"]


def test_a_tried_list_that_breaks_an_example_is_refused(review: Review, tmp_path: Path) -> None:
    changed = tmp_path / "id-new.yaml"
    changed.write_text(LIST.replace("mau mati, ", ""))
    result = review("--try", str(changed), says="s\ns\ny\n")
    assert result.exit_code == 1
    assert "examples newly wrong: 1" in result.output
    assert "No list has been changed" in result.output
    assert (tmp_path / "flows" / "screening" / "id.yaml").read_text() == LIST
