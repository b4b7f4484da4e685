"""The program's log: one JSON object a line on stderr, with time, level, logger, event and fields.

Nobody's words and nobody's id belong in it; of an exception only the kinds and the places are written, since its
message may quote either. Secrets are struck out of the finished line, whoever wrote it.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable

QUIET = ("aiohttp", "aiogram", "asyncio", "httpx", "httpcore", "redis", "telegram")
"""Libraries that log addresses and updates at their lower levels."""

STRUCK = "[secret]"
MOST_FRAMES = 12
"""Of each exception in a chain: the innermost places, enough to find the cause."""

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}")
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line.update({name: value for name, value in vars(record).items() if name not in _OWN_FIELDS})
        if record.exc_info and record.exc_info[1] is not None:
            line["trouble"] = describe(record.exc_info[1])
        return self._strike(json.dumps(line, ensure_ascii=False, default=_kind))

    def _strike(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, STRUCK)
        return _TOKEN.sub(STRUCK, line)


def describe(trouble: BaseException) -> list[dict[str, object]]:
    """The chain of exceptions from the last to the first cause: kind and places, never the message."""
    chain: list[dict[str, object]] = []
    current: BaseException | None = trouble
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)[-MOST_FRAMES:]
        at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        told: dict[str, object] = {"kind": type(current).__qualname__, "at": at}
        if isinstance(current, ImportError):
            told["message"] = str(current)  # names modules only
        chain.append(told)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


def set_up(secrets: Iterable[str] = (), level: int = logging.INFO) -> None:
    """Sends every logger's records to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _kind(value: object) -> str:
    """What JSON cannot say is named by its kind only: a value might hold somebody's words."""
    return f"<{type(value).__name__}>"
