"""One message of a chat, as Telegram tells it to a bot and as a phone shows it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.chat import Chat

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """`content` holds the fields of its kind as in the Bot API: `text` and `entities`, `photo`, `caption` and so on."""

    id: int
    chat: Chat
    by_bot: bool
    at_ms: int
    kind: str
    content: Json
    reply_to: int = 0
    thread: int = 0
    markup: Json | None = None
    edited_ms: int = 0
    quiet: bool = False
    protected: bool = False
    forward_origin: Json | None = None
    bot_reaction: list[Json] = field(default_factory=list)
    person_reaction: list[Json] = field(default_factory=list)
    deleted: bool = False
    fetched: bool = False
    """The bot has been handed the update: the second tick."""
    changed: int = 0
    """The number of its last change in the feed."""

    @property
    def text(self) -> str:
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def buttons(self) -> list[list[Json]]:
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def as_telegram(self, *, with_reply: bool = True) -> Json:
        """The Message object; a reply carries what it answers, which does not carry its own in turn."""
        chat = self.chat
        sender = chat.bot.as_telegram() if self.by_bot else chat.user.as_telegram()
        told: Json = {
            "message_id": self.id,
            "from": sender,
            "chat": chat.user.as_chat(),
            "date": self.at_ms // 1000,
        }
        if self.thread:
            told |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.edited_ms:
            told["edit_date"] = self.edited_ms // 1000
        if self.forward_origin:
            told["forward_origin"] = self.forward_origin
        replied = chat.find(self.reply_to) if with_reply and self.reply_to else None
        if replied:
            told["reply_to_message"] = replied.as_telegram(with_reply=False)
        if self.protected:
            told["has_protected_content"] = True
        told |= self.content
        if self.buttons:
            told["reply_markup"] = {"inline_keyboard": self.buttons}
        return told

    def as_seen(self) -> Json:
        """What the phone shows. Buttons keep their data: tests press by it, and the page needs it to press."""
        content = {} if self.deleted else self.content
        return {
            "id": self.id,
            "from": "bot" if self.by_bot else "person",
            "at": self.at_ms,
            "kind": self.kind,
            "text": "" if self.deleted else self.text,
            "entities": content.get("entities", content.get("caption_entities", [])),
            "content": {key: value for key, value in content.items() if key not in {"text", "entities"}},
            "buttons": [] if self.deleted else [[_button(button) for button in row] for row in self.buttons],
            "keyboard": (self.markup or {}).get("keyboard", []),
            "reply_to": self.reply_to,
            "thread": self.thread,
            "edited": bool(self.edited_ms),
            "edited_at": self.edited_ms,
            "deleted": self.deleted,
            "fetched": self.fetched,
            "quiet": self.quiet,
            "forwarded": self.forward_origin is not None,
            "reactions": [{"by": "bot", "emoji": one["emoji"]} for one in self.bot_reaction]
            + [{"by": "person", "emoji": one["emoji"]} for one in self.person_reaction],
            "changed": self.changed,
        }

    def as_kept(self) -> Json:
        """All of it but its chat, for the journal."""
        left_out = {"chat", "changed"}
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name not in left_out}


def _button(button: Json) -> Json:
    return {"label": button["text"], "token": button.get("callback_data", ""), "url": button.get("url", "")}
