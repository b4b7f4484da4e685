"""What Telegram says of how it hands a bot's updates over (getWebhookInfo), for whoever looks after the bot. Pure."""

from __future__ import annotations

import re

from bot.platforms.telegram.shapes import integer, mapping, text, text_or_empty
from bot.runtime.platform import Reception

SECOND_MS = 1_000
TELLTALE = re.compile(r"\S*(?:://|\d{4,}|\d+\.\d+\.\d+)\S*")
"""What may be an address or an id in Telegram's words about a failure; a status of three digits is none."""
LONGEST = 120


def reception_of(info: object, wanted_url: str) -> Reception:
    """`wanted_url` is empty where we poll. Raises Wrong."""
    fields = mapping(info)
    url = text(fields, "url")
    failed = "last_error_date" in fields
    return Reception(
        pushes=bool(url),
        as_wanted=url == wanted_url,
        waiting=integer(fields, "pending_update_count"),
        failure=TELLTALE.sub("...", text_or_empty(fields, "last_error_message"))[:LONGEST] if failed else "",
        failed_at=integer(fields, "last_error_date") * SECOND_MS if failed else 0,
    )
