"""The kinds of value that a setting can have, each with its own plain complaint.

A complaint is a `PydanticCustomError` of type `FAULT` that carries message and remedy; `bot.config.faults` gives it
its place.
"""

from __future__ import annotations

import itertools
import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from bot.config.addresses import store_complaint
from bot.config.durations import parse_duration
from bot.model.event import MediaKind

FAULT = "fault"
NEVER = "never"

_PROGRAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TOKEN = re.compile(r"\d+:\S+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_HTTP = re.compile(r"https?://[^\s/]+\S*")


def complaint(message: str, remedy: str, key: str = "") -> PydanticCustomError:
    """`message` continues the setting's name; `key` names a field of the section where the place is not clear."""
    return PydanticCustomError(FAULT, "{message}", {"message": message, "remedy": remedy, "key": key})


def _duration(value: object) -> int:
    if isinstance(value, str):
        try:
            return parse_duration(value)
        except ValueError:
            pass
    raise complaint(f"must be a span of time, not {_shown(value)}", "Write a number with a unit: 60s, 2m, 1h30m, 90d.")


def _duration_or_never(value: object) -> int:
    return 0 if value == NEVER else _positive(_duration(value))


def _positive(value: int) -> int:
    if value <= 0:
        raise complaint("must be longer than nothing", "Write a span such as 60s, 2m or 1h30m.")
    return value


def _not_a_truth(value: object) -> object:
    if isinstance(value, bool):
        raise complaint(f"must be a whole number, not {_shown(value)}", "Write digits, such as 18.")
    return value


def _parted(value: object) -> object:
    """Lists from the environment come as `a,b,c`."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _program_name(value: str) -> str:
    if not _PROGRAM.fullmatch(value):
        raise complaint(
            f"must be letters, digits, dots and dashes, not {_shown(value)}",
            "Write a short name such as sma-1-bandung; it becomes part of every key in Redis.",
        )
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise complaint(f"has no language code {_shown(value)}", "Write codes of two or three letters: id, en.")
    return value


def _languages(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise complaint("needs at least one language", "Write the languages of the program: [id, en].")
    if len(set(value)) != len(value):
        raise complaint("names a language twice", "Write each language once.")
    return value


def _rising(spans: tuple[int, ...]) -> tuple[int, ...]:
    if not spans:
        raise complaint("needs at least one span", "Write them in order: [5m, 10m, 20m].")
    if any(after <= before for before, after in itertools.pairwise(spans)):
        raise complaint("must rise from each to the next", "Write them in order: [5m, 10m, 20m].")
    return spans


def _relayable(kinds: tuple[MediaKind, ...]) -> tuple[MediaKind, ...]:
    if MediaKind.OTHER in kinds:
        raise complaint("cannot hold other", "What an unknown kind shows cannot be judged: leave it out.")
    return kinds


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise complaint(
            f"is not a known time zone: {_shown(value)}",
            "Write a name such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura.",
        ) from None
    return value


def _token(value: SecretStr) -> SecretStr:
    plain = value.get_secret_value()
    if plain and not _TOKEN.fullmatch(plain):
        raise complaint("does not look like a bot token", "Copy the whole line that @BotFather gave: digits:letters.")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    plain = value.get_secret_value()
    if plain and not _SECRET.fullmatch(plain):
        raise complaint(
            "must be 16 to 256 letters, digits, _ and -",
            "Make one with `openssl rand -hex 32`, and keep it out of this file.",
        )
    return value


def _public_address(value: str) -> str:
    return _web_address(value) if value else ""


def _web_address(value: str) -> str:
    if not _HTTP.fullmatch(value):
        raise complaint(
            f"must be a web address, not {_shown(value)}",
            "Write it with http:// or https://, such as https://api.telegram.org.",
        )
    return value.rstrip("/")


def _redis_url(value: str) -> str:
    wrong = "" if value == "embedded" else store_complaint(value)
    if wrong:
        raise complaint(
            wrong,
            "Write embedded, or redis://host:6379/0 (rediss:// for TLS, unix:///path for a socket, "
            "redis+sentinel://host,host/service, redis+cluster://host,host).",
        )
    return value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{value}"' if isinstance(value, str) else str(value)


_PARTED = BeforeValidator(_parted)
Duration = Annotated[int, BeforeValidator(_duration), AfterValidator(_positive)]
DurationOrNever = Annotated[int, BeforeValidator(_duration_or_never)]
"""0 for `never`."""
Whole = Annotated[int, BeforeValidator(_not_a_truth)]
Port = Annotated[Whole, Field(ge=0, le=65_535)]
"""0: any free port."""
Languages = Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], _PARTED, AfterValidator(_languages)]
RisingSpans = Annotated[tuple[Duration, ...], _PARTED, AfterValidator(_rising)]
RelayedKinds = Annotated[tuple[MediaKind, ...], _PARTED, AfterValidator(_relayable)]
Version = Annotated[str, BeforeValidator(_number_as_text), Field(min_length=1)]
Code = Annotated[str, BeforeValidator(_number_as_text)]
ProgramName = Annotated[str, AfterValidator(_program_name)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Token = Annotated[SecretStr, AfterValidator(_token)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
WebhookSecret = Annotated[SecretStr, AfterValidator(_webhook_secret)]
PublicAddress = Annotated[str, AfterValidator(_public_address)]
"""Empty where there is none."""
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
