"""Sending, changing and deleting are refused for the reasons, and in the words, that Telegram has."""

from __future__ import annotations

import pytest
from api_caller import STUDENT, Caller

from bot.sandbox.client import Phone, SandboxClient

MANY = 4096


async def test_a_message_arrives_and_has_telegrams_shape(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendMessage", chat_id=rani.user, text="Halo")
    assert sent["from"] == {"id": 1001, "is_bot": True, "first_name": "Teman", "username": "teman_bot"}
    assert sent["chat"] == {"id": rani.user, "first_name": "Rani", "username": "rani_p", "type": "private"}
    assert (sent["text"], isinstance(sent["date"], int)) == ("Halo", True)
    assert (await rani.wait_for("Halo")).id == sent["message_id"]


async def test_an_unknown_chat_is_not_found(bot: Caller) -> None:
    assert await bot.refused("sendMessage", chat_id=404, text="x") == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", chat_id="@rani_p", text="x") == "400 Bad Request: chat not found"
    assert await bot.refused("sendMessage", text="x") == "400 Bad Request: chat_id is empty"


async def test_a_bot_cannot_write_first(bot: Caller, world: SandboxClient) -> None:
    phone = await world.phone("Dimas", STUDENT.username)
    assert await bot.refused("sendMessage", chat_id=phone.user, text="x") == (
        "403 Forbidden: bot can't initiate conversation with a user"
    )


async def test_a_blocked_bot_is_told_and_may_not_write_until_it_is_unblocked(bot: Caller, rani: Phone) -> None:
    await bot.ok("getUpdates", offset=-1)
    await rani.block()
    for method, more in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        refusal = await bot.refused(method, chat_id=rani.user, **more)
        assert refusal == "403 Forbidden: bot was blocked by the user"
    await rani.unblock()
    await bot.ok("sendMessage", chat_id=rani.user, text="x")
    changes = [one["my_chat_member"] for one in (await bot.ok("getUpdates"))[1:]]
    assert [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert changes[0]["new_chat_member"]["user"]["username"] == STUDENT.username
    assert changes[0]["from"]["id"] == changes[0]["chat"]["id"] == rani.user


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n\t ", "text must be non-empty"),
        ("a" * (MANY + 1), "message is too long"),
        ("😀" * (MANY // 2) + "a", "message is too long"),
    ],
)
async def test_a_text_must_have_1_to_4096_characters(bot: Caller, rani: Phone, text: str, refusal: str) -> None:
    assert await bot.refused("sendMessage", chat_id=rani.user, text=text) == f"400 Bad Request: {refusal}"


async def test_the_longest_text_is_measured_without_its_markup(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendMessage", chat_id=rani.user, text=f"<b>{'a' * MANY}</b>", parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": MANY}]
    await bot.ok("sendMessage", chat_id=rani.user, text="😀" * (MANY // 2))


async def test_white_space_at_the_ends_goes_and_entities_move_along(bot: Caller, rani: Phone) -> None:
    sent = await bot.ok("sendMessage", chat_id=rani.user, text="  \n<i>a</i> b \n", parse_mode="HTML")
    assert (sent["text"], sent["entities"]) == ("a b", [{"type": "italic", "offset": 0, "length": 1}])


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("<b>a", "HTML", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a_b_c*", "MarkdownV2", "Can't find end of Bold entity at byte offset 5"),
        ("titik.", "MarkdownV2", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("*a", "Markdown", "Can't find end of the entity starting at byte offset 0"),
    ],
)
async def test_broken_markup_is_refused_even_for_an_unknown_chat(bot: Caller, text: str, mode: str, why: str) -> None:
    refusal = await bot.refused("sendMessage", chat_id=404, text=text, parse_mode=mode)
    assert refusal == f"400 Bad Request: can't parse entities: {why}"


async def test_an_unknown_parse_mode_is_refused(bot: Caller, rani: Phone) -> None:
    refusal = await bot.refused("sendMessage", chat_id=rani.user, text="x", parse_mode="BBCode")
    assert refusal == "400 Bad Request: unsupported parse_mode"


async def test_explicit_entities_must_lie_on_whole_characters_within_the_text(bot: Caller, rani: Phone) -> None:
    async def refused(text: str, **entity: object) -> str:
        entities = [{"type": "bold", **entity}]
        return await bot.refused("sendMessage", chat_id=rani.user, text=text, entities=entities)

    assert "begins in a middle of a UTF-16 symbol at byte offset 4" in await refused("😀a", offset=1, length=1)
    assert "offset 2 ends in a middle of a UTF-16 symbol at byte offset 7" in await refused("éa😀", offset=2, length=1)
    assert "offset 1 ends after the end of the text at UTF-16 offset 4" in await refused("abc", offset=1, length=3)
    assert "begins after the end of the text at UTF-16 offset 3" in await refused("abc", offset=3, length=1)
    assert "incorrect length -1" in await refused("abc", offset=1, length=-1)
    assert "incorrect offset -1" in await refused("abc", offset=-1, length=1)
    empty = [{"type": "bold", "offset": 9, "length": 0}]
    assert "entities" not in await bot.ok("sendMessage", chat_id=rani.user, text="abc", entities=empty)
    sent = await bot.ok(
        "sendMessage", chat_id=rani.user, text="😀a", entities=[{"type": "bold", "offset": 2, "length": 1}]
    )
    assert sent["entities"] == [{"type": "bold", "offset": 2, "length": 1}]


async def test_an_edit_changes_text_and_buttons_and_shows_as_edited(bot: Caller, rani: Phone) -> None:
    place = {
        "chat_id": rani.user,
        "message_id": (await bot.ok("sendMessage", chat_id=rani.user, text="a"))["message_id"],
    }
    edited = await bot.ok("editMessageText", **place, text="b")
    assert edited["edit_date"] >= edited["date"]
    assert (await rani.wait_for("b")).edited
    buttons = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
    await bot.ok("editMessageReplyMarkup", **place, reply_markup=buttons)
    assert (await rani.wait_for(button="Ya")).text == "b"
    await bot.ok("editMessageText", **place, text="c")
    assert (await rani.wait_for("c")).labels == []


async def test_an_edit_that_changes_nothing_is_refused(bot: Caller, rani: Phone) -> None:
    place = {
        "chat_id": rani.user,
        "message_id": (await bot.ok("sendMessage", chat_id=rani.user, text="a"))["message_id"],
    }
    not_modified = (
        "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    assert await bot.refused("editMessageText", **place, text="a") == not_modified
    assert await bot.refused("editMessageReplyMarkup", **place) == not_modified


async def test_only_what_is_there_and_ones_own_can_be_edited(bot: Caller, rani: Phone) -> None:
    said = await rani.say("punyaku")
    where = {"chat_id": rani.user, "text": "x"}
    assert await bot.refused("editMessageText", **where, message_id=999) == (
        "400 Bad Request: message to edit not found"
    )
    assert await bot.refused("editMessageText", **where, message_id=said.id) == (
        "400 Bad Request: message can't be edited"
    )
    assert await bot.refused("editMessageText", **where) == "400 Bad Request: message identifier is not specified"


async def test_a_deleted_message_is_gone_for_everything(bot: Caller, rani: Phone) -> None:
    place = {
        "chat_id": rani.user,
        "message_id": (await bot.ok("sendMessage", chat_id=rani.user, text="a"))["message_id"],
    }
    assert await bot.ok("deleteMessage", **place) is True
    await rani.wait_until(lambda one: one.id == place["message_id"] and one.deleted and one.text == "")
    assert await bot.refused("deleteMessage", **place) == "400 Bad Request: message to delete not found"
    assert await bot.refused("editMessageText", **place, text="b") == "400 Bad Request: message to edit not found"


async def test_many_are_deleted_at_once_and_missing_ones_are_passed_over(bot: Caller, rani: Phone) -> None:
    said = [await rani.say(text) for text in "ab"]
    assert await bot.ok("deleteMessages", chat_id=rani.user, message_ids=[one.id for one in said] + [999]) is True
    assert [one.text for one in await rani.messages()] == ["/start"]
    too_many = list(range(1, 102))
    assert "400" in await bot.refused("deleteMessages", chat_id=rani.user, message_ids=too_many)


async def test_a_reply_carries_what_it_answers_and_a_missing_one_is_refused_unless_allowed(
    bot: Caller, rani: Phone
) -> None:
    said = await rani.say("tanya")
    answer = await bot.ok("sendMessage", chat_id=rani.user, text="a", reply_parameters={"message_id": said.id})
    assert answer["reply_to_message"]["text"] == "tanya"
    assert "reply_to_message" not in answer["reply_to_message"]
    missing = {"message_id": 999}
    assert await bot.refused("sendMessage", chat_id=rani.user, text="a", reply_parameters=missing) == (
        "400 Bad Request: message to be replied not found"
    )
    lenient = {**missing, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await bot.ok("sendMessage", chat_id=rani.user, text="a", reply_parameters=lenient)


async def test_a_reaction_shows_on_the_message_and_is_one_of_the_list(bot: Caller, rani: Phone) -> None:
    said = await rani.say("halo")
    place = {"chat_id": rani.user, "message_id": said.id}

    def reaction(*emoji: str) -> list[dict[str, str]]:
        return [{"type": "emoji", "emoji": one} for one in emoji]

    await bot.ok("setMessageReaction", **place, reaction=reaction("👍"))
    await rani.wait_for_mark(said, "👍")
    await bot.ok("setMessageReaction", **place, reaction=[])
    await rani.wait_until(lambda one: one.id == said.id and not one.marks)
    assert await bot.refused("setMessageReaction", **place, reaction=reaction("✅")) == (
        "400 Bad Request: REACTION_INVALID"
    )
    assert await bot.refused("setMessageReaction", **place, reaction=reaction("👍", "🔥")) == (
        "400 Bad Request: REACTIONS_TOO_MANY"
    )
    assert await bot.refused("setMessageReaction", chat_id=rani.user, message_id=99, reaction=[]) == (
        "400 Bad Request: message to react not found"
    )


async def test_copies_have_no_origin_and_forwards_have_one(bot: Caller, rani: Phone) -> None:
    said = await rani.say("rahasia")
    source = {"from_chat_id": rani.user, "message_id": said.id, "chat_id": rani.user}
    copied = await bot.ok("copyMessage", **source)
    assert set(copied) == {"message_id"}
    forwarded = await bot.ok("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == rani.user
    assert await bot.refused("copyMessage", **{**source, "message_id": 99}) == (
        "400 Bad Request: message to copy not found"
    )


async def test_typing_and_drafts_are_seen_live_and_checked(bot: Caller, world: SandboxClient, rani: Phone) -> None:
    await bot.ok("sendChatAction", chat_id=rani.user, action="typing")
    await world.wait_for_change(lambda one: one["type"] == "typing" and one["user"] == rani.user)
    assert await bot.refused("sendChatAction", chat_id=rani.user, action="dancing") == (
        "400 Bad Request: wrong parameter action in request"
    )
    await bot.ok("sendMessageDraft", chat_id=rani.user, draft_id=7, text="sebentar")
    await world.wait_for_change(lambda one: one["type"] == "draft" and one["text"] == "sebentar")
    assert "draft" in await bot.refused("sendMessageDraft", chat_id=rani.user, draft_id=0, text="x")
