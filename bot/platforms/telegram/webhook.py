"""Receiving by webhook: what Telegram is told, whether a request is Telegram's, and what its body says. Pure.

The web process does the HTTP: it answers 2xx only after the batch is stored, 403 for a wrong secret, 413 and 200 as the
exceptions here say, and 5xx while it cannot store, so that Telegram sends the update again.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field

from bot.platforms.telegram.batches import batch_of
from bot.platforms.telegram.shapes import Wrong, decode
from bot.platforms.telegram.updates import WANTED, Origin
from bot.runtime.platform import Batch, TryLater

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
BIGGEST_BODY = 1024 * 1024
"""One update, of a text of 4,096 characters and what it answers, stays far below this."""
SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
MOST_CONNECTIONS = 40
"""Telegram's own default; an update takes one commit."""


class TooBig(Exception):
    """A body over `BIGGEST_BODY` is not Telegram's."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates: `base_url` is our public address without a path. Raises ValueError."""

    base_url: str
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not SECRET_SHAPE.fullmatch(self.secret):
            raise ValueError("a webhook's secret has 1 to 256 of A-Z a-z 0-9 _ -")

    def params(self, bot: str) -> dict[str, object]:
        """For setWebhook. What waits at Telegram is kept."""
        return {
            "url": self.url_of(bot),
            "secret_token": self.secret,
            "allowed_updates": WANTED,
            "max_connections": MOST_CONNECTIONS,
            "drop_pending_updates": False,
        }

    def url_of(self, bot: str) -> str:
        return self.base_url.rstrip("/") + path_of(bot)

    def is_from_telegram(self, header: str | None) -> bool:
        """Compares in constant time. `header` is what stands in `SECRET_HEADER`."""
        return hmac.compare_digest((header or "").encode(errors="replace"), self.secret.encode())


def path_of(bot: str) -> str:
    """The path under which a bot's updates come in."""
    return f"/telegram/{bot}"


def read_body(body: bytes, origin: Origin) -> Batch:
    """One update as a batch. What is no update counts as malformed and is to be answered with 200: sent again it would
    be no better. Raises TooBig.
    """
    if len(body) > BIGGEST_BODY:
        raise TooBig
    try:
        return batch_of([decode(body)], origin)
    except (Wrong, TryLater):
        return Batch((), "", malformed=1)
