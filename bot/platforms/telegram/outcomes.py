"""What Telegram's answer to a call means for us. Pure and table-driven: only this file knows a status or its words.

Telegram does not say whether a 429 is about one chat or about all that the bot sends. We read it as the chat's where
the call names a chat, because one chat's limit (a message a second) is hit first and must not mute the others; the
sender's own pacing keeps the bot below the common limit.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from bot.model.outgoing import Failure
from bot.platforms.telegram.calls import DECORATION
from bot.platforms.telegram.shapes import Json, Wrong, decode, mapping
from bot.platforms.telegram.wire import Reply

SECOND_MS = 1_000

UNADDRESSED = frozenset({"getUpdates", "getMe", "setMyCommands", "deleteWebhook", "setWebhook", "getWebhookInfo"})
"""Calls that belong to no chat: a limit on one of them is the bot's."""


class Meaning(enum.Enum):
    """What to do next."""

    DONE = "done"
    HARMLESS = "harmless"
    """Refused, and nobody misses anything by it."""
    LATER = "later"
    GIVE_UP = "give up"
    UNAUTHORIZED = "unauthorized"
    CROWDED = "crowded"
    NO_THREAD = "no thread"
    """The topic is gone: the message goes to the main chat."""
    NOT_EDITABLE = "not editable"
    """The message is gone or too old: the text goes out as a new one."""
    BAD_LINK = "bad link"
    """A button's address is refused: the message goes without it."""
    NO_REPLY = "no reply"
    """What the message answers is gone: it goes out by itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` is of a known few and holds nothing of the message; `result` is what a call that is done brought."""

    meaning: Meaning
    reason: str = ""
    after_ms: int | None = None
    whole_bot: bool = False
    failure: Failure = Failure.REFUSED
    result: object = None


def judge(method: str, reply: Reply) -> Outcome:
    """Never raises."""
    try:
        answer = mapping(decode(reply.body))
    except Wrong:
        return _unreadable(reply.status)
    if answer.get("ok") is True and _is_success(reply.status):
        return Outcome(Meaning.DONE, result=answer.get("result"))
    words = answer.get("description")
    if answer.get("ok") is not False or not isinstance(words, str):
        return _unreadable(reply.status)
    return _refused(method, reply.status, words.lower(), answer)


def _is_success(status: int) -> bool:
    return 200 <= status < 300


def _unreadable(status: int) -> Outcome:
    """Not Telegram's words but a proxy's, or a broken answer: whether the call took effect is not known."""
    if status == 413:
        return Outcome(Meaning.GIVE_UP, "too-big")
    return Outcome(Meaning.LATER, "nonsense" if _is_success(status) else f"status-{status // 100}xx")


def _refused(method: str, status: int, words: str, answer: Json) -> Outcome:
    code = answer.get("error_code")
    match code if isinstance(code, int) and _is_success(status) else status:
        case 400:
            return _bad_request(method, words)
        case 401:
            return Outcome(Meaning.UNAUTHORIZED, "unauthorized")
        case 403:
            return Outcome(Meaning.GIVE_UP, "blocked", failure=Failure.BLOCKED)
        case 404:
            return _not_found(method, words)
        case 409:
            return Outcome(Meaning.CROWDED if method == "getUpdates" else Meaning.LATER, "conflict")
        case 413:
            return Outcome(Meaning.GIVE_UP, "too-big")
        case 429:
            return Outcome(Meaning.LATER, "limit", retry_after_ms(answer, words), whole_bot=method in UNADDRESSED)
        case other:
            return Outcome(Meaning.LATER, f"status-{other // 100}xx")


LATER_WORDS = re.compile(r"retry after (\d{1,9})")


def retry_after_ms(answer: Json, words: str) -> int | None:
    """From the parameters, or from the words where a proxy dropped those; None if it is not said."""
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int) and not isinstance(seconds, bool) and seconds >= 0:
        return seconds * SECOND_MS
    said = LATER_WORDS.search(words)
    return int(said[1]) * SECOND_MS if said else None


def _not_found(method: str, words: str) -> Outcome:
    """A token that has the wrong shape gets a bare 404, like an address where no Bot API is."""
    if "method" not in words:
        return Outcome(Meaning.UNAUTHORIZED, "not-found")
    return Outcome(Meaning.HARMLESS if method in DECORATION else Meaning.GIVE_UP, "no-method")


BAD_REQUESTS: tuple[tuple[str, Outcome], ...] = (
    ("message is not modified", Outcome(Meaning.HARMLESS, "not-modified")),
    ("message thread not found", Outcome(Meaning.NO_THREAD, "thread-gone", failure=Failure.GONE)),
    ("topic_deleted", Outcome(Meaning.NO_THREAD, "thread-gone", failure=Failure.GONE)),
    ("topic_closed", Outcome(Meaning.NO_THREAD, "thread-closed", failure=Failure.GONE)),
    ("topic_id_invalid", Outcome(Meaning.NO_THREAD, "thread-gone", failure=Failure.GONE)),
    ("message to edit not found", Outcome(Meaning.NOT_EDITABLE, "message-gone", failure=Failure.GONE)),
    ("message can't be edited", Outcome(Meaning.NOT_EDITABLE, "message-fixed", failure=Failure.GONE)),
    ("message_id_invalid", Outcome(Meaning.NOT_EDITABLE, "message-gone", failure=Failure.GONE)),
    ("message identifier is not specified", Outcome(Meaning.NOT_EDITABLE, "message-gone", failure=Failure.GONE)),
    ("there is no text in the message to edit", Outcome(Meaning.NOT_EDITABLE, "message-fixed", failure=Failure.GONE)),
    ("message to be replied not found", Outcome(Meaning.NO_REPLY, "answered-gone", failure=Failure.GONE)),
    ("replied message not found", Outcome(Meaning.NO_REPLY, "answered-gone", failure=Failure.GONE)),
    ("reply message not found", Outcome(Meaning.NO_REPLY, "answered-gone", failure=Failure.GONE)),
    ("message to delete not found", Outcome(Meaning.HARMLESS, "deleted-already")),
    ("message can't be deleted", Outcome(Meaning.GIVE_UP, "message-fixed", failure=Failure.GONE)),
    ("message_delete_forbidden", Outcome(Meaning.GIVE_UP, "message-fixed", failure=Failure.GONE)),
    ("button_url_invalid", Outcome(Meaning.BAD_LINK, "bad-link")),
    ("button url", Outcome(Meaning.BAD_LINK, "bad-link")),
    ("wrong http url", Outcome(Meaning.BAD_LINK, "bad-link")),
    ("unsupported url protocol", Outcome(Meaning.BAD_LINK, "bad-link")),
    ("chat not found", Outcome(Meaning.GIVE_UP, "chat-gone", failure=Failure.GONE)),
    ("user not found", Outcome(Meaning.GIVE_UP, "chat-gone", failure=Failure.GONE)),
    ("peer_id_invalid", Outcome(Meaning.GIVE_UP, "chat-gone", failure=Failure.GONE)),
    ("upgraded to a supergroup", Outcome(Meaning.GIVE_UP, "chat-gone", failure=Failure.GONE)),
    ("user_is_blocked", Outcome(Meaning.GIVE_UP, "blocked", failure=Failure.BLOCKED)),
    ("user is deactivated", Outcome(Meaning.GIVE_UP, "blocked", failure=Failure.BLOCKED)),
    ("wrong file", Outcome(Meaning.GIVE_UP, "file-gone", failure=Failure.GONE)),
    ("wrong remote file", Outcome(Meaning.GIVE_UP, "file-gone", failure=Failure.GONE)),
    ("file reference", Outcome(Meaning.GIVE_UP, "file-gone", failure=Failure.GONE)),
    ("file is too big", Outcome(Meaning.GIVE_UP, "too-big")),
    ("message is too long", Outcome(Meaning.GIVE_UP, "too-long")),
    ("caption is too long", Outcome(Meaning.GIVE_UP, "too-long")),
    ("text is empty", Outcome(Meaning.GIVE_UP, "empty")),
    ("text must be non-empty", Outcome(Meaning.GIVE_UP, "empty")),
    ("voice_messages_forbidden", Outcome(Meaning.GIVE_UP, "kind-forbidden")),
    ("can't parse", Outcome(Meaning.GIVE_UP, "not-parsed")),
    ("button_data_invalid", Outcome(Meaning.GIVE_UP, "bad-button")),
    ("flood", Outcome(Meaning.LATER, "limit")),
)
"""Telegram's reasons for a 400 by words in them, in lower case; the first that is found counts. What is not here is
`bad-request`, refused."""


def _bad_request(method: str, words: str) -> Outcome:
    if method in DECORATION:
        return Outcome(Meaning.HARMLESS, "decoration")
    for said, outcome in BAD_REQUESTS:
        if said in words:
            return outcome
    return Outcome(Meaning.GIVE_UP, "bad-request")
