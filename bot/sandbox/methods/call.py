"""One call of a bot: who calls, with what, and the checks that many methods share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.sandbox import utf16
from bot.sandbox.arguments import Arguments
from bot.sandbox.bot import Bot
from bot.sandbox.chat import Chat, Topic
from bot.sandbox.explicit_entities import check_entities
from bot.sandbox.formatting import clean, finish, parse_markup
from bot.sandbox.keyboards import check_markup
from bot.sandbox.message import Message
from bot.sandbox.refusal import bad_request, forbidden
from bot.sandbox.world import World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    world: World
    bot: Bot
    args: Arguments

    def chat(self, name: str = "chat_id", *, writing: bool = True) -> Chat:
        """The chat that is meant. Writing needs a person who has started the bot and not blocked it."""
        if not self.args.has(name):
            raise bad_request("chat_id is empty")
        number = self.args.integer(name)
        user = self.world.users.get(number)
        if user is None:
            raise bad_request("chat not found")
        found = self.world.chats.get((self.bot.id, number))
        if found is None or not found.started:
            raise forbidden("bot can't initiate conversation with a user")
        if writing and found.blocked:
            raise forbidden("bot was blocked by the user")
        return found

    def message(self, chat: Chat, doing: str, name: str = "message_id") -> Message:
        """A message that is there; otherwise `message to <doing> not found`."""
        if not self.args.has(name):
            raise bad_request("message identifier is not specified")
        found = chat.find(self.args.integer(name))
        if found is None:
            raise bad_request(f"message to {doing} not found")
        return found

    def raw_text(self, name: str, mode: str = "parse_mode") -> tuple[str, list[Json]]:
        return parse_markup(self.args.text(name), self.args.text(mode))

    def formatted(self, name: str, entities: str, limit: int) -> tuple[str, list[Json]]:
        """A text as it is kept. Too long is refused here; empty is for the method to judge."""
        text, found = self.raw_text(name)
        if not self.args.text("parse_mode"):
            found = check_entities(text, self.args.objects(entities, what="MessageEntity"))
        # Measured when cleaned, and before anything else is known of the message.
        if utf16.length(clean(text, [])[0]) > limit:
            raise bad_request("message is too long" if name == "text" else "message caption is too long")
        return finish(text, found)

    def markup(self) -> Json | None:
        return check_markup(self.args.structure("reply_markup", what="reply keyboard markup"))

    def topic(self, chat: Chat) -> Topic | None:
        """The thread to write to; None for the chat itself."""
        if not self.args.has("message_thread_id"):
            return None
        found = chat.topics.get(self.args.integer("message_thread_id")) if self.bot.topics else None
        if found is None:
            raise bad_request("message thread not found")
        return found

    def reply_to(self, chat: Chat) -> int:
        """The message that is answered; 0 for none, or where a missing one may be passed over."""
        wanted = self.args.structure("reply_parameters", what="reply parameters")
        lenient = self.args.flag("allow_sending_without_reply")
        number = self.args.integer("reply_to_message_id")
        if wanted is not None:
            if not isinstance(wanted, dict):
                raise bad_request("object expected as reply parameters")
            number = Arguments(wanted).integer("message_id")
            lenient = Arguments(wanted).flag("allow_sending_without_reply")
        if not number:
            return 0
        if chat.find(number) is None:
            if lenient:
                return 0
            raise bad_request("message to be replied not found")
        return number


Method: TypeAlias = Callable[[Call], Awaitable[Any]]
"""Returns what becomes `result`; raises a Refusal."""
