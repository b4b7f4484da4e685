"""Small acts in a chat: typing, drafts, reactions, answers to presses, and looking up who it is."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox import utf16
from bot.sandbox.formatting import MAX_TEXT
from bot.sandbox.methods.call import Call, Method
from bot.sandbox.reactions import check_reactions
from bot.sandbox.refusal import bad_request

Json = dict[str, Any]

TYPING_S = 5.0
"""How long a client shows a chat action."""
MAX_ANSWER = 200
PRESS_LIVES_S = 15.0
"""After about this long Telegram no longer takes the answer to a press."""
ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    action = call.args.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.topic(chat)
    call.world.feed.publish("typing", bot=call.bot.username, user=chat.user.id, action=action, seconds=TYPING_S)
    return True


async def send_message_draft(call: Call) -> bool:
    text, _ = call.formatted("text", "entities", MAX_TEXT)
    chat = call.chat()
    if not call.args.integer("draft_id"):
        raise bad_request("draft identifier must be non-zero")
    call.topic(chat)
    call.world.feed.publish("draft", bot=call.bot.username, user=chat.user.id, text=text)
    return True


async def set_message_reaction(call: Call) -> bool:
    message = call.message(call.chat(), "react")
    reactions = check_reactions(call.args.objects("reaction", what="ReactionType"))
    if message.kind == "service":
        raise bad_request("REACTION_INVALID")
    message.bot_reaction = reactions
    call.world.tell_message(message)
    return True


async def answer_callback_query(call: Call) -> bool:
    text = call.args.text("text")
    if utf16.length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press = call.bot.presses.pop(call.args.text("callback_query_id"), None)
    if press is None or time.monotonic() - press.at > PRESS_LIVES_S:
        raise bad_request(TOO_OLD)
    answer = {"text": text, "alert": call.args.flag("show_alert"), "url": call.args.text("url")}
    if not press.answer.done():
        press.answer.set_result(answer)
    chat = press.message.chat
    call.world.feed.publish(
        "answer", bot=call.bot.username, user=chat.user.id, message=press.message.id, token=press.data, **answer
    )
    return True


async def get_chat(call: Call) -> Json:
    if not call.args.has("chat_id"):
        raise bad_request("chat_id is empty")
    user = call.world.users.get(call.args.integer("chat_id"))
    if user is None or (call.bot.id, user.id) not in call.world.chats:
        raise bad_request("chat not found")
    return user.as_chat() | {
        "accent_color_id": user.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


METHODS: dict[str, Method] = {
    "sendChatAction": send_chat_action,
    "sendMessageDraft": send_message_draft,
    "setMessageReaction": set_message_reaction,
    "answerCallbackQuery": answer_callback_query,
    "getChat": get_chat,
}
