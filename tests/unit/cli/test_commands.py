"""Expected troubles end a command with one clear line and an exit code, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.run import PARTS
from bot.store.sealing import KEY_BYTES, Keyring

HEAVY = ("aiogram", "telegram", "aiohttp", "redis", "pydantic", "bot.content", "bot.store")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("SEBAYA"):
            monkeypatch.delenv(name)


def run(*words: str, **environ: str) -> Result:
    return CliRunner(env=dict(environ)).invoke(main, list(words))


def test_running_without_a_token_names_the_setting() -> None:
    result = run("run")
    assert result.exit_code == 1
    assert "telegram.bots.student.token is empty" in result.output


def test_running_without_a_key_says_how_to_make_one() -> None:
    result = run("run", SEBAYA_STUDENT_TOKEN="1:a")
    assert result.exit_code == 1
    assert "sebaya key new" in result.output
    assert len(result.output.splitlines()) == 1


def test_running_with_a_key_that_is_none_says_so_without_quoting_it(tmp_path: Path) -> None:
    result = run("run", SEBAYA_STUDENT_TOKEN="1:a", SEBAYA_KEY="hunter2", SEBAYA__DATA_DIR=str(tmp_path))
    assert result.exit_code == 1
    assert "SEBAYA_KEY" in result.output
    assert "hunter2" not in result.output


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    result = run("run", "--only", "worker,cook")
    assert result.exit_code == 2
    assert all(part in result.output for part in PARTS)


@pytest.mark.parametrize("command", ["check", "run", "doctor"])
def test_a_store_that_cannot_be_addressed_is_told_with_setting_and_remedy(command: str) -> None:
    result = run(command, SEBAYA_STUDENT_TOKEN="1:a", SEBAYA__REDIS__URL="redis+sentinel://:rahasia@host:1")
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    assert "redis.url names no service" in line
    assert "redis+sentinel://host,host/service" in line
    assert "rahasia" not in line


def test_the_check_finds_an_option_that_the_stores_client_does_not_know() -> None:
    result = run("check", SEBAYA__REDIS__URL="redis://:rahasia@host/0?colour=blue")
    assert result.exit_code == 1
    assert "redis.url: the address of the store has a part or an option" in result.output
    assert result.output.splitlines()[-1].endswith(("fault.", "faults."))
    assert "rahasia" not in result.output


def test_webhook_mode_without_an_address_names_the_setting() -> None:
    result = run("run", SEBAYA_STUDENT_TOKEN="1:a", SEBAYA__TELEGRAM__MODE="webhook")
    assert result.exit_code == 1
    assert "telegram.webhook.url is empty" in result.output


def test_a_broken_config_lists_every_fault(tmp_path: Path) -> None:
    broken = tmp_path / "config.yaml"
    broken.write_text("web:\n  prt: 1\nprogram:\n  age: many\n")
    result = run("check", "--config", str(broken))
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.output.splitlines()] == ["config.yaml:2:", "config.yaml:4:"]


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    result = run("invite", "teacher")
    assert result.exit_code == 2
    assert "coordinator" in result.output


def test_a_new_key_is_one_that_the_bot_takes() -> None:
    first, second = run("key", "new").output.strip(), run("key", "new").output.strip()
    assert first != second
    Keyring.from_text(first)
    assert KEY_BYTES == 32


def test_a_flow_is_drawn_by_its_name() -> None:
    assert run("flow", "draw", "check-in").output.startswith("flowchart")


def test_a_flow_that_does_not_exist_is_answered_with_those_that_do() -> None:
    result = run("flow", "draw", "chek-in")
    assert result.exit_code == 1
    assert "check-in" in result.output


def test_starting_a_command_loads_nothing_heavy() -> None:
    source = f"import sys, bot.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
