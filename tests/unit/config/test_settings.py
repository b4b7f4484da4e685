"""config.yaml and the environment become settings, or faults."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.casework.settings import Settings
from bot.config import Config, casework_settings, load, require_ready
from bot.config.durations import parse_duration
from bot.config.environment import PREFIX, apply_overrides, leaves
from bot.config.tree import Tree
from bot.model.event import MediaKind
from bot.model.source import FaultyContent

PROJECT = Path(__file__).parents[3]
SHIPPED = PROJECT / "config.yaml"


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text)
    return path


def test_the_shipped_config_is_sound_without_any_environment() -> None:
    assert load(SHIPPED, {}).program.name == "sebaya"


def test_the_shipped_config_writes_out_the_defaults(tmp_path: Path) -> None:
    assert load(SHIPPED, {}) == load(written(tmp_path, ""), {})


def test_the_defaults_of_the_daily_work_are_the_same_in_both_places() -> None:
    assert casework_settings(Config()) == Settings(shared_bot=True, timezone=ZoneInfo("Asia/Jakarta"))


def test_every_setting_of_the_daily_work_comes_from_the_config() -> None:
    config = Config.model_validate(
        {
            "program": {
                "name": "x",
                "region": "Bali",
                "languages": ["en"],
                "age": 15,
                "timezone": "Asia/Makassar",
                "entry_code": "c",
                "consent_version": "2",
            },
            "telegram": {"bots": {"student": {"token": "1:a"}, "staff": {"token": "2:b"}}},
            "matching": {"offer": "1s", "capacity": 2, "rest": "2s", "certificate": "3s"},
            "waiting": {"rechecks": ["4s"]},
            "crisis": {"alarms": ["5s"], "lease": "7s", "lease_warning": "6s", "claims": 3},
            "talk": {"idle": "8s", "relay": ["voice"]},
            "screening": {"ask_again": "9s", "burst": "11s"},
            "retention": {"closed": "12s", "unfinished": "13s", "candidates": "14s"},
        }
    )
    changed, plain = casework_settings(config), Settings(shared_bot=True)
    same = [name for name in Settings.__slots__ if getattr(changed, name) == getattr(plain, name)]
    assert same == []
    assert changed.relayed_kinds == {MediaKind.VOICE}


def test_the_environment_overrides_its_key_in_any_case() -> None:
    config = load(SHIPPED, {"SEBAYA__TELEGRAM__API_BASE": "http://127.0.0.1:1/", "sebaya__web__port": "0"})
    assert (config.telegram.api_base, config.web.port) == ("http://127.0.0.1:1", 0)


def test_the_environment_overrides_a_list_by_commas() -> None:
    config = load(SHIPPED, {"SEBAYA__WAITING__RECHECKS": "1m, 2m", "SEBAYA__TALK__RELAY": ""})
    assert (config.waiting.rechecks, config.talk.relay) == ((60_000, 120_000), ())


def test_an_override_wins_over_a_reference_that_nobody_set(tmp_path: Path) -> None:
    path = written(tmp_path, "telegram: {bots: {student: {token: '${UNSET}'}}}")
    config = load(path, {"SEBAYA__TELEGRAM__BOTS__STUDENT__TOKEN": "11:abc"})
    assert config.telegram.bots.student.token.get_secret_value() == "11:abc"


def test_an_override_is_taken_literally() -> None:
    config = load(SHIPPED, {"SEBAYA__PROGRAM__ENTRY_CODE": "${HOME}", "HOME": "x"})
    assert config.program.entry_code == "${HOME}"


def test_a_reference_is_read_from_the_environment_anywhere_in_a_value(tmp_path: Path) -> None:
    path = written(tmp_path, "redis: {url: 'redis://:${PASSWORD}@${HOST:-localhost}/0'}\nweb: {port: '${PORT:-9}'}")
    config = load(path, {"PASSWORD": "secret"})
    assert (config.redis.url, config.web.port) == ("redis://:secret@localhost/0", 9)


@pytest.mark.parametrize("path", list(leaves(Config)), ids=".".join)
def test_every_setting_can_be_overridden_by_its_variable(path: tuple[str, ...]) -> None:
    name = PREFIX + "__".join(path).upper()
    assert apply_overrides(Tree("config.yaml"), Config, {name: "?"}) == []


def test_a_key_without_a_value_keeps_its_default(tmp_path: Path) -> None:
    assert load(written(tmp_path, "redis:\nprogram:\n  entry_code:\n"), {}).redis.url == "embedded"


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Config().program.name = "other"  # type: ignore[misc]


def test_a_token_is_never_part_of_how_the_settings_look() -> None:
    config = load(SHIPPED, {"SEBAYA_STUDENT_TOKEN": "12345:abcdef"})
    assert "abcdef" not in repr(config)
    assert "abcdef" not in config.model_dump_json()


@pytest.mark.parametrize(
    ("student", "staff", "shared"), [("1:a", "2:b", False), ("1:a", "1:a", True), ("1:a", "", True)]
)
def test_one_token_means_one_bot_for_both_sides(student: str, staff: str, shared: bool) -> None:
    config = load(SHIPPED, {"SEBAYA_STUDENT_TOKEN": student, "SEBAYA_STAFF_TOKEN": staff})
    assert casework_settings(config).shared_bot is shared


def test_running_needs_a_token_and_says_where_to_put_it() -> None:
    with pytest.raises(FaultyContent) as trouble:
        require_ready(load(SHIPPED, {}), SHIPPED)
    assert [fault.place.file for fault in trouble.value.faults] == ["config.yaml"]
    assert "SEBAYA_STUDENT_TOKEN" in str(trouble.value)


def test_a_missing_file_is_a_fault_and_no_crash(tmp_path: Path) -> None:
    with pytest.raises(FaultyContent) as trouble:
        load(tmp_path / "other.yaml", {})
    assert str(trouble.value) == "other.yaml: cannot be read. Name a file that is there with --config FILE."


@pytest.mark.parametrize(
    ("text", "span"), [("500ms", 500), ("60s", 60_000), ("2m", 120_000), ("1h30m", 5_400_000), ("90d", 7_776_000_000)]
)
def test_spans_are_read_as_people_write_them(text: str, span: int) -> None:
    assert parse_duration(text) == span


@pytest.mark.parametrize("text", ["", "60", "m", "1w", "-5m", "1.5h", "5 minutes"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a span"):
        parse_duration(text)


def test_content_is_found_beside_the_config_where_the_current_folder_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deployment" / "flows").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    path = written(tmp_path / "deployment", "")
    assert load(path, {}).content_dir == tmp_path / "deployment" / "flows"


def webhook(**settings: str) -> list[str]:
    """The faults that keep a bot in mode `webhook` from running."""
    environ = {"SEBAYA_STUDENT_TOKEN": "1:a", "SEBAYA__TELEGRAM__MODE": "webhook", **settings}
    try:
        require_ready(load(SHIPPED, environ), SHIPPED)
    except FaultyContent as trouble:
        return [fault.message for fault in trouble.faults]
    return []


def test_a_webhook_needs_an_address_and_a_secret_and_all_is_said_at_once() -> None:
    assert webhook() == ["telegram.webhook.url is empty", "telegram.webhook.secret is empty"]


def test_telegram_itself_sends_to_https_alone() -> None:
    settings = {"SEBAYA__TELEGRAM__WEBHOOK__URL": "http://a.example", "SEBAYA_WEBHOOK_SECRET": "s" * 32}
    assert webhook(**settings) == ["telegram.webhook.url is not https"]
    assert webhook(**settings, SEBAYA__TELEGRAM__API_BASE="http://127.0.0.1:1") == []


@pytest.mark.parametrize("secret", ["short", "has space in it, and more", "é" * 20])
def test_a_secret_that_telegram_would_not_take_is_a_fault_that_does_not_quote_it(secret: str) -> None:
    with pytest.raises(FaultyContent) as trouble:
        load(SHIPPED, {"SEBAYA_WEBHOOK_SECRET": secret})
    assert "telegram.webhook.secret" in str(trouble.value)
    assert secret not in str(trouble.value)
