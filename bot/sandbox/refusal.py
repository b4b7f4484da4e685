"""How the Bot API says no: a code, a description as Telegram words it, and how long to wait."""

from __future__ import annotations


class Refusal(Exception):
    """Becomes `{"ok": false, "error_code": ..., "description": ...}`."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(why: str) -> Refusal:
    return Refusal(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refusal:
    return Refusal(403, f"Forbidden: {why}")


def conflict(why: str) -> Refusal:
    return Refusal(409, f"Conflict: {why}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


def not_found() -> Refusal:
    """Of an address that cannot be one."""
    return Refusal(404, "Not Found")


def no_such_method() -> Refusal:
    """Of a name that the Bot API does not know, for a token that it does."""
    return Refusal(404, "Not Found: method not found")


def unauthorized() -> Refusal:
    return Refusal(401, "Unauthorized")
