"""The arguments of one call, from query, form, multipart or JSON alike.

Numbers may come as text and structures as JSON in text: clients differ, and Telegram takes both.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusal import bad_request

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in the body."""

    name: str
    mime: str
    content: bytes


@dataclass(slots=True)
class Arguments:
    """Missing and empty are the same thing, as on Telegram."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in {None, ""} if not isinstance(self.values.get(name), dict | list) else True

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A number; `default` where it is missing, 0 where it is none (as Telegram reads it)."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            return 0

    def number(self, name: str) -> float | None:
        try:
            return float(str(self.values.get(name)))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "1", "yes"}

    def structure(self, name: str, *, what: str = "") -> Any:
        """A JSON value; None where it is missing. `what` names it in the refusal."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name} JSON object") from None

    def objects(self, name: str, *, what: str = "") -> list[Json]:
        """A list of JSON objects; empty where it is missing."""
        found = self.structure(name, what=what)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise bad_request(f"expected an Array of {what or name}")
        return found

    def upload(self, name: str) -> Upload | None:
        """A file sent under this name, or under the name that `attach://` points to."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)
