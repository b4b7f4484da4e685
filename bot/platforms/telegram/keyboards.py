"""Buttons under a message as Telegram's inline keyboard."""

from __future__ import annotations

from bot.model.outgoing import Button, Keyboard
from bot.platforms.telegram.characters import whole

LINKS = ("https://", "http://", "tg://")
"""What a button may open. Telegram refuses the whole message for anything else, `tel:` among it: such a button is left
out, since a number that matters stands in the text."""


def written(keyboard: Keyboard) -> dict[str, object]:
    """The parameter `reply_markup`, or nothing where no button is left."""
    rows = [[_written(button) for button in row if _is_possible(button)] for row in keyboard]
    return _markup(rows)


def without_links(markup: object) -> dict[str, object]:
    """The parameter again with only the buttons that come back to us."""
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return _markup([[button for button in row if "callback_data" in button] for row in rows])


def _markup(rows: list[list[dict[str, str]]]) -> dict[str, object]:
    filled = [row for row in rows if row]
    return {"reply_markup": {"inline_keyboard": filled}} if filled else {}


def _is_possible(button: Button) -> bool:
    return button.url.lower().startswith(LINKS) if button.url else bool(button.token)


def _written(button: Button) -> dict[str, str]:
    action = {"url": whole(button.url)} if button.url else {"callback_data": button.token}
    return {"text": whole(button.label), **action}
