"""Texts, edits, marks, presses and typing go out as one driver's bytes after the other's: the same."""

from __future__ import annotations

import msgspec
import pytest
from scripted_api import ScriptedApi, ok, refusal

from bot.model.address import Address
from bot.model.outgoing import AnswerPress, Button, EditText, Mark, SendFile, SendText, ShowMark, ShowTyping
from bot.platforms.telegram.platform import TelegramPlatform
from bot.runtime.platform import TryLater

KEYBOARD = ((Button("Ya", "t1"), Button("Tidak", "t2")), (Button("Web", url="https://example.org"),))


async def test_a_text_arrives_literally_whatever_it_looks_like(platform, api: ScriptedApi, chat) -> None:
    words = "*bukan* _markdown_ <b>bukan html</b> [a](http://b) 😀 \\ & \x07"
    sent = await platform.send(chat, SendText(words))
    [call] = api.calls("sendMessage")
    assert call.fields["text"] == words
    assert call.fields["chat_id"] == "7"
    assert "parse_mode" not in call.fields
    assert "entities" not in call.fields
    assert call.json("link_preview_options") == {"is_disabled": True}
    assert sent.messages == ("1001",)


async def test_each_bot_sends_with_its_own_token(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendText("a"))
    await platform.send(Address("telegram", "staff", "7"), SendText("b"))
    assert [call.token.split(":")[0] for call in api.calls("sendMessage")] == ["1001", "1002"]


async def test_buttons_hang_under_the_text(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendText("Siap?", KEYBOARD))
    [call] = api.calls("sendMessage")
    assert call.json("reply_markup") == {
        "inline_keyboard": [
            [{"text": "Ya", "callback_data": "t1"}, {"text": "Tidak", "callback_data": "t2"}],
            [{"text": "Web", "url": "https://example.org"}],
        ]
    }


async def test_a_button_that_telegram_would_refuse_is_left_out(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendText("119", ((Button("Telepon 119", url="tel:119"),),)))
    [call] = api.calls("sendMessage")
    assert "reply_markup" not in call.fields


async def test_a_refused_address_of_a_button_does_not_stop_the_words(platform, api: ScriptedApi, chat) -> None:
    api.says("sendMessage", refusal(400, "Bad Request: BUTTON_URL_INVALID"))
    sent = await platform.send(chat, SendText("Bantuan", KEYBOARD))
    assert sent.messages == ("1001",)
    assert api.calls("sendMessage")[1].json("reply_markup") == {
        "inline_keyboard": [[{"text": "Ya", "callback_data": "t1"}, {"text": "Tidak", "callback_data": "t2"}]]
    }


async def test_a_long_text_goes_out_in_parts_with_the_buttons_on_the_last(platform, api: ScriptedApi, chat) -> None:
    text = "\n\n".join(f"{number} " + "kata " * 300 for number in range(8))
    sent = await platform.send(chat, SendText(text, KEYBOARD))
    calls = api.calls("sendMessage")
    assert len(calls) > 1
    assert sent.messages == tuple(str(1001 + index) for index in range(len(calls)))
    assert "".join(call.fields["text"] for call in calls) == text
    assert ["reply_markup" in call.fields for call in calls] == [False] * (len(calls) - 1) + [True]


async def test_trying_again_does_not_repeat_the_parts_that_arrived(platform, api: ScriptedApi, chat) -> None:
    what = SendText("satu " * 800 + "\n\n" + "dua " * 900)
    api.says("sendMessage", ok({"message_id": 5}), refusal(429, "Too Many Requests", retry_after=1))
    with pytest.raises(TryLater) as trouble:
        await platform.send(chat, what)
    assert trouble.value.arrived == ("5",)
    sent = await platform.send(chat, what, arrived=trouble.value.arrived)
    texts = [call.fields["text"] for call in api.calls("sendMessage")]
    assert texts[1] == texts[2] != texts[0]
    assert sent.messages == ("5", "1001")


async def test_a_quiet_text_makes_no_sound(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendText("a", quiet=True))
    await platform.send(chat, SendText("b"))
    assert [call.fields.get("disable_notification") for call in api.calls("sendMessage")] == ["true", None]


async def test_a_text_goes_into_its_topic(platform, api: ScriptedApi, chat) -> None:
    await platform.send(msgspec.structs.replace(chat, thread="12"), SendText("a"))
    [call] = api.calls("sendMessage")
    assert call.fields["message_thread_id"] == "12"


@pytest.mark.parametrize("words", ["message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED"])
async def test_what_a_vanished_topic_would_swallow_goes_to_the_main_chat(platform, api, chat, words: str) -> None:
    api.says("sendMessage", refusal(400, f"Bad Request: {words}"))
    sent = await platform.send(msgspec.structs.replace(chat, thread="12"), SendText("a"))
    assert [call.fields.get("message_thread_id") for call in api.calls("sendMessage")] == ["12", None]
    assert sent.messages == ("1001",)


async def test_an_edit_changes_the_message_and_its_buttons(platform, api: ScriptedApi, chat) -> None:
    sent = await platform.send(chat, EditText("r", "baru", KEYBOARD[:1]), "55")
    [call] = api.calls("editMessageText")
    assert (call.fields["message_id"], call.fields["text"]) == ("55", "baru")
    assert call.json("reply_markup") == {
        "inline_keyboard": [[{"text": "Ya", "callback_data": "t1"}, {"text": "Tidak", "callback_data": "t2"}]]
    }
    assert sent.messages == ("55",)


async def test_an_edit_that_changes_nothing_is_no_failure(platform, api: ScriptedApi, chat) -> None:
    api.says("editMessageText", refusal(400, "Bad Request: message is not modified: specified new message content ..."))
    assert (await platform.send(chat, EditText("r", "sama"), "55")).messages == ("55",)
    assert api.methods == ["editMessageText"]


@pytest.mark.parametrize("words", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"])
async def test_what_cannot_be_edited_goes_out_as_a_new_message(platform, api, chat, words: str) -> None:
    api.says("editMessageText", refusal(400, f"Bad Request: {words}"))
    sent = await platform.send(chat, EditText("r", "baru", KEYBOARD), "55")
    assert api.methods == ["editMessageText", "sendMessage"]
    assert api.calls("sendMessage")[0].fields["text"] == "baru"
    assert sent.messages == ("1001",)


async def test_an_edit_of_a_message_that_nobody_knows_is_a_new_message(platform, api: ScriptedApi, chat) -> None:
    assert (await platform.send(chat, EditText("r", "baru"))).messages == ("1001",)
    assert api.methods == ["sendMessage"]


async def test_an_edit_that_has_become_too_long_goes_on_in_a_new_message(platform, api: ScriptedApi, chat) -> None:
    sent = await platform.send(chat, EditText("r", "kata " * 1000, KEYBOARD), "55")
    assert api.methods == ["editMessageText", "sendMessage"]
    assert "reply_markup" not in api.seen[0].fields
    assert "reply_markup" in api.seen[1].fields
    assert sent.messages == ("55", "1002")


@pytest.mark.parametrize(("mark", "emoji"), [(Mark.DELIVERED, "👌"), (Mark.WAITING, "👀"), (Mark.FAILED, "💔")])
async def test_a_mark_is_a_reaction_on_the_persons_message(platform, api, chat, mark: Mark, emoji: str) -> None:
    sent = await platform.send(chat, ShowMark("31", mark))
    [call] = api.calls("setMessageReaction")
    assert call.fields["message_id"] == "31"
    assert call.json("reaction") == [{"type": "emoji", "emoji": emoji}]
    assert sent.messages == ()


async def test_a_press_is_answered_with_a_few_words_or_none(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, AnswerPress("99", "Diambil"))
    await platform.send(chat, AnswerPress("98"))
    await platform.send(chat, AnswerPress("97", "x" * 300))
    calls = api.calls("answerCallbackQuery")
    assert [call.fields["callback_query_id"] for call in calls] == ["99", "98", "97"]
    assert [len(call.fields.get("text", "")) for call in calls] == [7, 0, 200]


async def test_typing_is_shown_in_the_topic(platform, api: ScriptedApi, chat) -> None:
    await platform.send(msgspec.structs.replace(chat, thread="12"), ShowTyping())
    [call] = api.calls("sendChatAction")
    assert call.fields == {"chat_id": "7", "action": "typing", "message_thread_id": "12"}


@pytest.mark.parametrize(
    ("what", "method", "words"),
    [
        (ShowMark("1", Mark.FAILED), "setMessageReaction", "message to react not found"),
        (ShowMark("1", Mark.FAILED), "setMessageReaction", "REACTION_INVALID"),
        (AnswerPress("1", "a"), "answerCallbackQuery", "query is too old and response timeout expired"),
        (ShowTyping(), "sendChatAction", "message thread not found"),
    ],
)
async def test_a_decoration_that_telegram_refuses_is_no_failure(platform, api, chat, what, method, words) -> None:
    api.says(method, refusal(400, f"Bad Request: {words}"))
    assert (await platform.send(chat, what)).messages == ()
    assert api.methods == [method]


async def test_a_file_of_the_programs_goes_out_with_its_name(
    platform: TelegramPlatform, api: ScriptedApi, chat
) -> None:
    content = bytes(range(256)) * 40
    sent = await platform.send(chat, SendFile("data-saya.json", content, "Ini data kamu <b>"))
    [call] = api.calls("sendDocument")
    assert call.files == {"document": ("data-saya.json", content)}
    assert call.fields == {"chat_id": "7", "caption": "Ini data kamu <b>"}
    assert sent.messages == ("1001",)


async def test_words_too_long_for_a_caption_follow_as_a_text(platform, api: ScriptedApi, chat) -> None:
    await platform.send(chat, SendFile("a.txt", b"a", "kata " * 400))
    assert api.methods == ["sendDocument", "sendMessage"]
    assert api.seen[0].fields["caption"] + api.seen[1].fields["text"] == "kata " * 400
