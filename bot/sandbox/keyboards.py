"""What a bot hangs under a message, checked as strictly as Telegram does."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.refusal import bad_request

Json = dict[str, Any]

MAX_DATA_BYTES = 64
MAX_BUTTONS = 100
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
MAX_COPIED = 256
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
MAY_BE_EMPTY = frozenset({"switch_inline_query", "switch_inline_query_current_chat", "callback_game"})
"""For all others an empty text is as good as none."""


def check_markup(markup: object) -> Json | None:
    """The reply markup as it is kept; None where there is none."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = check_inline(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        return {**markup, "keyboard": check_reply_keyboard(markup["keyboard"])}
    return markup if markup.get("remove_keyboard") or markup.get("force_reply") else None


def check_inline(rows: object) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[check_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return kept


def check_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in ACTIONS if name in MAY_BE_EMPTY & button.keys() or button.get(name)]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # As published; Telegram's own words for it are not.
        raise bad_request("can't parse inline keyboard button: exactly one of the optional fields must be used")
    check_action(actions[0], button[actions[0]])
    return button


def check_action(kind: str, value: object) -> None:
    """What a button does."""
    match kind:
        case "callback_data":
            if not isinstance(value, str) or len(value.encode()) > MAX_DATA_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            check_url(str(value))
        case "web_app":
            url = str(value.get("url", "")) if isinstance(value, dict) else ""
            if not url.startswith("https://"):
                raise bad_request(
                    f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
                )
        case "copy_text":
            text = value.get("text") if isinstance(value, dict) else None
            if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPIED:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "pay" | "callback_game":  # only under an invoice or a game, and there are none here
            raise bad_request("BUTTON_TYPE_INVALID")


def check_url(url: str) -> None:
    """As TDLib reads links: `tel:` is refused, since what follows the colon is read as a port."""
    why = wrong_with(url)
    if why:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")


def wrong_with(url: str) -> str:
    if not url.strip():
        return "URL host is empty"
    scheme = SCHEME.match(url)
    if scheme and scheme.group(1).lower() in {"tg", "ton", "tonsite"}:
        return ""
    if scheme and scheme.group(1).lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    authority = re.split(r"[/?#]", url[scheme.end() if scheme else 0 :], maxsplit=1)[0].rpartition("@")[2]
    host, colon, port = authority.partition(":")
    if colon and not (port.isdecimal() and 0 < int(port) <= 65_535):
        return "Wrong port number specified in the URL"
    if not host:
        return "URL host is empty"
    return "" if "." in host else "Wrong HTTP URL"


def check_reply_keyboard(rows: object) -> list[list[Json]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return [[{"text": one} if isinstance(one, str) else one for one in row] for row in rows]
