"""The settings, section by section. A field here is a key of config.yaml and stands in docs/operators.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from bot.config.values import (
    Code,
    Duration,
    DurationOrNever,
    Languages,
    Port,
    ProgramName,
    PublicAddress,
    RedisUrl,
    RelayedKinds,
    RisingSpans,
    Timezone,
    Token,
    Version,
    WebAddress,
    WebhookSecret,
    Whole,
    complaint,
)

TELEGRAM = "https://api.telegram.org"
SECOND, MINUTE, DAY = 1_000, 60_000, 86_400_000


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Program(Section):
    name: ProgramName = "sebaya"
    languages: Languages = ("id", "en")
    timezone: Timezone = "Asia/Jakarta"
    region: Code = ""
    age: Annotated[Whole, Field(ge=0, le=99)] = 18
    entry_code: Code = ""
    consent_version: Version = "1"


class Sentinel(Section):
    username: str = ""
    password: SecretStr = SecretStr("")


class Redis(Section):
    url: RedisUrl = "embedded"
    wait_replicas: Annotated[Whole, Field(ge=0, le=5)] = 0
    sentinel: Sentinel = Sentinel()

    @model_validator(mode="after")
    def _check_replicas(self) -> Self:
        if self.wait_replicas and self.url == "embedded":
            raise complaint(
                "must be 0 for the embedded server",
                "It has no replicas: name a server of your own in redis.url.",
                "wait_replicas",
            )
        return self


class Bot(Section):
    token: Token = SecretStr("")


class Bots(Section):
    student: Bot = Bot()
    staff: Bot = Bot()


class Webhook(Section):
    url: PublicAddress = ""
    secret: WebhookSecret = SecretStr("")


class Limits(Section):
    per_second: Annotated[Whole, Field(ge=6, le=100_000)] = 30
    per_chat: Annotated[Whole, Field(ge=1, le=1_000)] = 1


class Telegram(Section):
    driver: Literal["aiogram", "python-telegram-bot"] = "aiogram"
    api_base: WebAddress = TELEGRAM
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()
    limits: Limits = Limits()
    bots: Bots = Bots()

    @property
    def by_webhook(self) -> bool:
        return self.mode == "webhook"

    @property
    def shared_bot(self) -> bool:
        """One bot serves both sides: no staff token, or the same one twice."""
        staff = self.bots.staff.token.get_secret_value()
        return not staff or staff == self.bots.student.token.get_secret_value()


class Web(Section):
    host: str = "127.0.0.1"
    port: Port = 8088


class Matching(Section):
    offer: Duration = 60 * SECOND
    capacity: Annotated[Whole, Field(ge=1, le=20)] = 1
    rest: Duration = 15 * MINUTE
    certificate: Duration = 365 * DAY


class Waiting(Section):
    rechecks: RisingSpans = (5 * MINUTE, 10 * MINUTE, 20 * MINUTE)


class Crisis(Section):
    alarms: RisingSpans = (2 * MINUTE, 5 * MINUTE, 10 * MINUTE)
    lease: Duration = 10 * MINUTE
    lease_warning: Duration = 2 * MINUTE
    claims: Annotated[Whole, Field(ge=1, le=50)] = 5

    @model_validator(mode="after")
    def _check_spans(self) -> Self:
        if self.lease_warning >= self.lease:
            raise complaint(
                "must be shorter than crisis.lease",
                "A counselor is reminded this long before the lease ends.",
                "lease_warning",
            )
        return self


class Talk(Section):
    idle: Duration = 30 * MINUTE
    relay: RelayedKinds = ()


class Screening(Section):
    ask_again: Duration = 30 * MINUTE
    burst: Duration = 60 * SECOND


class Retention(Section):
    closed: Duration = 90 * DAY
    unfinished: Duration = DAY
    candidates: Duration = 90 * DAY
    failed: Duration = 14 * DAY


class Drill(Section):
    every: DurationOrNever = 0
    open: Duration = 10 * MINUTE


class Runtime(Section):
    workers: Annotated[Whole, Field(ge=1, le=256)] = 20
    senders: Annotated[Whole, Field(ge=1, le=256)] = 20
    log: Literal["info", "debug"] = "info"


class Config(Section):
    """The whole file."""

    program: Program = Program()
    redis: Redis = Redis()
    data_dir: Path = Path("data")
    content_dir: Path = Path("flows")
    telegram: Telegram = Telegram()
    web: Web = Web()
    matching: Matching = Matching()
    waiting: Waiting = Waiting()
    crisis: Crisis = Crisis()
    talk: Talk = Talk()
    screening: Screening = Screening()
    retention: Retention = Retention()
    drill: Drill = Drill()
    runtime: Runtime = Runtime()
