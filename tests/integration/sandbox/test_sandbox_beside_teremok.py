"""The sandbox beside teremok, which others wrote from Telegram's documentation: the same calls, the same verdicts.

Where the two differ, the case has a name and a reason. Telegram decides: by its documentation, and where that says
nothing, by its parser TDLib, which is published with its tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiogram.methods
import aiohttp
import pytest
from aiogram.exceptions import TelegramBadRequest
from api_caller import STUDENT, Caller
from teremok import MockBot

from bot.sandbox.client import Phone
from bot.sandbox.methods.messages import NOT_MODIFIED

ANYBODY = 12345
"""teremok knows no people: every chat is there."""
EMOJI = "😀"
PARSING = "Bad Request: can't parse entities: "


@dataclass(frozen=True)
class Call:
    method: str
    arguments: dict[str, Any]


def text(words: str, mode: str = "", **more: Any) -> Call:
    return Call("sendMessage", {"text": words, **({"parse_mode": mode} if mode else {}), **more})


def edit(words: str, **more: Any) -> Call:
    return Call("editMessageText", {"message_id": 0, "text": words, **more})


def caption(words: str, mode: str = "") -> Call:
    return Call("sendDocument", {"document": "", "caption": words, **({"parse_mode": mode} if mode else {})})


def button(**fields: Any) -> Call:
    return text("a", reply_markup={"inline_keyboard": [[{"text": "Ya", **fields}]]})


def marked(words: str, offset: int, length: int, **more: Any) -> Call:
    return text(words, entities=[{"type": "bold", "offset": offset, "length": length}], **more)


async def ours(call: Call, bot: Caller, person: Phone) -> str:
    """What the sandbox says: empty for yes, else the description."""
    arguments = {"chat_id": person.user, **call.arguments}
    if arguments.get("message_id") == 0:
        arguments["message_id"] = (await bot.ok("sendMessage", chat_id=person.user, text="before"))["message_id"]
    if "document" in arguments:
        arguments["document"] = await uploaded(bot, person)
    status, told = await bot.raw(call.method, **arguments)
    assert status == told.get("error_code", 200)
    assert status in {200, 400}
    return "" if told["ok"] else str(told["description"])


async def uploaded(bot: Caller, person: Phone) -> str:
    form = aiohttp.FormData({"chat_id": str(person.user)})
    form.add_field("document", b"x", filename="a.txt")
    async with bot.session.post(f"{bot.url}/bot{bot.token}/sendDocument", data=form) as response:
        return str((await response.json())["result"]["document"]["file_id"])


async def theirs(call: Call) -> str:
    name = call.method[0].upper() + call.method[1:]
    method = getattr(aiogram.methods, name)(**{"chat_id": ANYBODY, **call.arguments})
    try:
        await MockBot(token=STUDENT.token)(method)
    except TelegramBadRequest as refusal:
        return refusal.message
    return ""


SAME = {
    "one character": text("a"),
    "nothing": text(""),
    "4,096 characters": text("a" * 4096),
    "4,097 characters": text("a" * 4097),
    "4,096 units of emoji": text(EMOJI * 2048),
    "4,097 units of emoji": text(EMOJI * 2048 + "a"),
    "too long even without its tags": text("<b>" + "a" * 4097 + "</b>", "HTML"),
    "an edit": edit("a"),
    "an edit to nothing": edit(""),
    "an edit that is too long": edit("a" * 4097),
    "an edit with a tag that is not closed": edit("<b>a", parse_mode="HTML"),
    "a caption of 1,024": caption("a" * 1024),
    "a caption with a tag that is not closed": caption("<b>a", "HTML"),
    "no entities in a plain text": text("<b>*a_"),
    "64 bytes in a button": button(callback_data="a" * 64),
    "65 bytes in a button": button(callback_data="a" * 65),
    "64 bytes of two each": button(callback_data="é" * 32),
    "66 bytes of two each": button(callback_data="é" * 33),
    "a page behind a button": button(url="https://example.org"),
    "a button that does two things": button(callback_data="a", url="https://example.org"),
    "an edit of buttons": Call(
        "editMessageReplyMarkup",
        {"message_id": 0, "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a" * 65}]]}},
    ),
    "an entity after an emoji": marked(EMOJI + "a", 2, 1),
    "an entity over all": marked("abc", 0, 3),
    "an answer to a press that is too long": Call("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}),
    "an answer to a press that is too long in emoji": Call(
        "answerCallbackQuery", {"callback_query_id": "1", "text": EMOJI * 101}
    ),
}
SAME |= {
    f"HTML {words}": text(words, "HTML")
    for words in (
        "<b>a</b>", "<b>a", "<B>a</B>", "<b>a</b >", "<b><i>a</i></b>", "<u>a</u><s>b</s>", "a > b", '"a"', "&lt;&gt;",
        "&amp;&quot;", "&#65;", "&#x41;", '<a href="https://example.org">x</a>', '<span class="tg-spoiler">a</span>',
        "<tg-spoiler>a</tg-spoiler>", '<tg-emoji emoji-id="5">a</tg-emoji>', "<blockquote>a</blockquote>",
        "<blockquote expandable>a</blockquote>", '<pre><code class="language-py">a</code></pre>', "<code>a</code>",
    )
}  # fmt: skip
SAME |= {
    f"MarkdownV2 {words}": text(words, "MarkdownV2")
    for words in (
        "*a*", "_a_", "__a__", "~a~", "||a||", "`a`", "`a.b`", "```a```", "[a](https://example.org)", "[a]", "*a _b_*",
        ">a", ">a\n>b||", "![e](tg://emoji?id=5)", "***a***", "a\\.b", "a\\*b", "a\\", ".", "a.b", "!", "#a", "a>b",
        "a-b", "a=b", "a+b", "a|b", "{a}", "(a)", "]",
    )
}  # fmt: skip
SAME |= {
    f"Markdown {words}": text(words, "Markdown")
    for words in ("*a*", "_a_", "`a`", "[a](b)", "a*b*", "\\*", "a.b!", "]", "```a```")
}

NAMED_BY_KIND = "Telegram names the kind of the entity and the byte at which it begins"
PLACED = "Telegram says at which byte"
IN_PLACE = "Telegram says which end of the entity is wrong, and where"
IN_OTHER_WORDS = {
    "a caption of 1,025": (
        caption("a" * 1025), "Bad Request: message caption is too long",
        "the documentation names no words; these are Telegram's of today",
    ),
    "a button with empty data": (
        button(callback_data=""),
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        "for Telegram, empty data is no data",
    ),
    "a button that does nothing": (
        button(),
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        "the documentation names no words; these are Telegram's",
    ),
    "an entity past the end": (
        marked("abc", 1, 3),
        "Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 4", IN_PLACE,
    ),
    "an entity past the end in emoji": (
        marked(EMOJI, 0, 3),
        "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 3", IN_PLACE,
    ),
    "an entity after the end": (
        marked("abc", 9, 1), "Bad Request: entity begins after the end of the text at UTF-16 offset 9", IN_PLACE,
    ),
    "an entity before the beginning": (
        marked("abc", -1, 1), "Bad Request: receive an entity with incorrect offset -1", IN_PLACE,
    ),
    "an entity of less than nothing": (
        marked("abc", 0, -1), "Bad Request: receive an entity with incorrect length -1", IN_PLACE,
    ),
    **{
        f"HTML {words}": (text(words, "HTML"), PARSING + told, PLACED)
        for words, told in {
            "a</b>": "Unexpected end tag at byte offset 1",
            "<b>a</i>": 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
            "<b><i>a</b></i>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
            "<h1>a</h1>": 'Unsupported start tag "h1" at byte offset 0',
            "1 < 2": 'Unsupported start tag "" at byte offset 2',
            "<br>": 'Unsupported start tag "br" at byte offset 0',
            "<br/>": 'Unsupported start tag "br/" at byte offset 0',
            "<b": "Unclosed start tag at byte offset 0",
            "<>": 'Unsupported start tag "" at byte offset 0',
            "<a href=https://example.org>x</a>": "Unexpected end of name token at byte offset 8",
            '<span class="x">a</span>': 'Tag "span" must have class "tg-spoiler" at byte offset 0',
            "<span>a</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
            "<tg-emoji>a</tg-emoji>": "Invalid custom emoji identifier specified",
        }.items()
    },
    **{
        f"MarkdownV2 {words}": (text(words, "MarkdownV2"), PARSING + told, NAMED_BY_KIND)
        for words, told in {
            "*a": "Can't find end of Bold entity at byte offset 0",
            "_a": "Can't find end of Italic entity at byte offset 0",
            "__a": "Can't find end of Underline entity at byte offset 0",
            "~a": "Can't find end of Strikethrough entity at byte offset 0",
            "||a": "Can't find end of Spoiler entity at byte offset 0",
            "`a": "Can't find end of Code entity at byte offset 0",
            "```a": "Can't find end of Pre entity at byte offset 0",
            "[a](https://example.org": "Can't find end of a URL at byte offset 4",
            "*a _b* c_": "Can't find end of Italic entity at byte offset 8",
        }.items()
    },
    **{
        f"Markdown {words}": (
            text(words, "Markdown"), f"{PARSING}Can't find end of the entity starting at byte offset {at}", PLACED
        )
        for words, at in {"*a": 0, "_a": 0, "a_b": 1, "`a": 0, "```a": 0}.items()
    },
}  # fmt: skip

TAKEN = ""
STATELESS = "teremok knows no chats, messages and presses, and says so in its documentation"
MEASURED_AFTER = "documented: the characters are counted after entities parsing"
LITERAL_AMPERSAND = "TDLib leaves what names no character as it stands, and its tests ask for that"
OTHERWISE: dict[str, tuple[Call, str, str]] = {
    "4,096 characters in tags": (text("<b>" + "a" * 4096 + "</b>", "HTML"), TAKEN, MEASURED_AFTER),
    "4,096 characters and a space": (text("a" * 4096 + " "), TAKEN, "white space at the ends goes before the count"),
    "only white space": (text(" \n\t"), "Bad Request: text must be non-empty", "nothing would be shown"),
    "only an empty tag": (text("<b></b>", "HTML"), "Bad Request: text must be non-empty", "nothing would be shown"),
    "an unknown parse mode": (text("a", "BBCode"), "Bad Request: unsupported parse_mode", "documented: three modes"),
    "a parse mode besides entities": (
        marked("<b>a", 0, 1, parse_mode="HTML"),
        PARSING + 'Can\'t find end tag corresponding to start tag "b"',
        "documented: entities may be given instead of a parse mode; Telegram reads the mode first",
    ),
    "an entity in the middle of an emoji": (
        marked(EMOJI + "a", 1, 1),
        "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 4",
        "half a character cannot be marked",
    ),
    "HTML &": (text("a & b", "HTML"), TAKEN, LITERAL_AMPERSAND),
    "HTML &nbsp;": (text("a&nbsp;b", "HTML"), TAKEN, LITERAL_AMPERSAND),
    "HTML without an address": (text("<a>x</a>", "HTML"), TAKEN, "TDLib shows such a link as plain text"),
    "HTML with an unknown attribute": (text("<b class='x'>a</b>", "HTML"), TAKEN, "TDLib passes over it"),
    "Markdown without the end of a link": (
        text("[a", "Markdown"), PARSING + "Can't find end of the entity starting at byte offset 0",
        "documented: [ must be escaped outside of an entity",
    ),
    "Markdown with a mark within": (
        text("*a _b*", "Markdown"), TAKEN, "documented: entities are not nested, so that nothing opens in one"
    ),
    "a number to call behind a button": (
        button(url="tel:119"),
        "Bad Request: inline keyboard button URL 'tel:119' is invalid: Wrong HTTP URL",
        "documented: an HTTP or tg:// URL",
    ),
    "101 buttons": (
        text("a", reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "a"}]] * 101}),
        "Bad Request: reply markup is too long", "not in the documentation, and known of Telegram",
    ),
    "an unknown chat": (text("a", chat_id=404), "Bad Request: chat not found", STATELESS),
    "an edit of what is not there": (edit("a", message_id=404), "Bad Request: message to edit not found", STATELESS),
    "an edit that changes nothing": (
        edit("before"),
        f"Bad Request: {NOT_MODIFIED}",
        STATELESS,
    ),
    "an answer to what is not there": (
        text("a", reply_parameters={"message_id": 404}), "Bad Request: message to be replied not found", STATELESS,
    ),
    "a deletion of what is not there": (
        Call("deleteMessage", {"message_id": 404}), "Bad Request: message to delete not found", STATELESS,
    ),
    "an answer to a press that nobody made": (
        Call("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 200}),
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        STATELESS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
async def test_both_say_the_same_in_the_same_words(bot: Caller, rani: Phone, name: str) -> None:
    assert await ours(SAME[name], bot, rani) == await theirs(SAME[name])


@pytest.mark.parametrize("name", IN_OTHER_WORDS)
async def test_both_refuse_and_the_sandbox_has_telegrams_words(bot: Caller, rani: Phone, name: str) -> None:
    call, words, why = IN_OTHER_WORDS[name]
    assert await ours(call, bot, rani) == words
    assert await theirs(call) not in {"", words}, f"no longer a difference: {why}"


@pytest.mark.parametrize("name", OTHERWISE)
async def test_where_the_two_differ_telegram_decides(bot: Caller, rani: Phone, name: str) -> None:
    call, words, why = OTHERWISE[name]
    assert await ours(call, bot, rani) == words, why
    assert bool(await theirs(call)) != bool(words), f"no longer a difference: {why}"
