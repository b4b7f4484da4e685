"""Text messages: sending, changing, deleting, and passing on."""

from __future__ import annotations

from typing import Any

from bot.sandbox.formatting import MAX_CAPTION, MAX_TEXT
from bot.sandbox.message import Message
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.methods.sending import post
from bot.sandbox.refusal import bad_request
from bot.sandbox.world import now_ms

Json = dict[str, Any]

MAX_DELETED = 100
"""deleteMessages takes 1 to 100 ids."""
DELETABLE_MS = 48 * 60 * 60 * 1000
"""A message can be deleted for two days, as published."""
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def send_message(call: Call) -> Json:
    text, entities = call.formatted("text", "entities", MAX_TEXT)
    _check_there_is(text, call)
    return post(call, "text", text_content(text, entities)).as_telegram()


def _check_there_is(text: str, call: Call) -> None:
    """Nothing is worded otherwise than nothing that shows."""
    if not text:
        raise bad_request("text must be non-empty" if call.args.text("text") else "message text is empty")


def text_content(text: str, entities: list[Json]) -> Json:
    return {"text": text, **({"entities": entities} if entities else {})}


async def edit_message_text(call: Call) -> Json:
    text, entities = call.formatted("text", "entities", MAX_TEXT)
    message = _own(call)
    _check_there_is(text, call)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, text_content(text, entities), call.markup())


async def edit_message_caption(call: Call) -> Json:
    text, entities = call.formatted("caption", "caption_entities", MAX_CAPTION)
    message = _own(call)
    if message.kind == "text":
        raise bad_request("there is no caption in the message to edit")
    content = {key: value for key, value in message.content.items() if key not in {"caption", "caption_entities"}}
    if text:
        content |= {"caption": text, **({"caption_entities": entities} if entities else {})}
    return _change(call, message, content, call.markup())


async def edit_message_reply_markup(call: Call) -> Json:
    message = _own(call)
    return _change(call, message, message.content, call.markup())


def _own(call: Call) -> Message:
    """The message to change, which must be the bot's own."""
    if call.args.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    message = call.message(call.chat(), "edit")
    if not message.by_bot or message.forward_origin:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, content: Json, markup: Json | None) -> Json:
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    if message.content != content:
        message.edited_ms = now_ms()
    message.content, message.markup = content, markup
    call.world.tell_message(message)
    return message.as_telegram()


async def delete_message(call: Call) -> bool:
    chat = call.chat(writing=False)
    message = call.message(chat, "delete")
    if not _is_deletable(message):
        raise bad_request("message can't be deleted for everyone")
    _delete(call, message)
    return True


async def delete_messages(call: Call) -> bool:
    chat = call.chat(writing=False)
    numbers = call.args.structure("message_ids", what="message identifiers")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= MAX_DELETED:
        raise bad_request("message identifiers are not specified")
    # Ids that are not there are passed over, as published.
    for number in numbers:
        if (found := chat.find(int(number))) and _is_deletable(found):
            _delete(call, found)
    return True


def _is_deletable(message: Message) -> bool:
    return now_ms() - message.at_ms < DELETABLE_MS


def _delete(call: Call, message: Message) -> None:
    message.deleted = True
    call.world.tell_message(message)


async def copy_message(call: Call) -> Json:
    source = _source(call, "copy")
    content = dict(source.content)
    if call.args.has("caption") and source.kind != "text":
        text, entities = call.formatted("caption", "caption_entities", MAX_CAPTION)
        content |= {"caption": text, "caption_entities": entities}
    return {"message_id": post(call, source.kind, content).id}


async def forward_message(call: Call) -> Json:
    source = _source(call, "forward")
    if source.protected:
        raise bad_request("the message can't be forwarded")
    sender = call.bot.as_telegram() if source.by_bot else source.chat.user.as_telegram()
    origin = source.forward_origin or {"type": "user", "sender_user": sender, "date": source.at_ms // 1000}
    return post(call, source.kind, dict(source.content), forward_origin=origin).as_telegram()


def _source(call: Call, doing: str) -> Message:
    source = call.message(call.chat("from_chat_id", writing=False), doing)
    if source.kind == "service":
        raise bad_request(f"the message can't be {'copied' if doing == 'copy' else 'forwarded'}")
    return source


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
