"""Every way in which Telegram or the network can fail has one meaning, whichever driver meets it."""

from __future__ import annotations

import logging
import traceback

import pytest
from scripted_api import CUT, HANG, Answer, ScriptedApi, refusal
from telegram_bots import STAFF_TOKEN, STUDENT_TOKEN, person_of

from bot.model.outgoing import AnswerPress, Failure, SendFile, SendText
from bot.platforms import create
from bot.platforms.telegram import platform as telegram_platform
from bot.platforms.telegram.platform import TelegramPlatform
from bot.runtime.platform import Crowded, GivenUp, TryLater, Unauthorized

WORDS = SendText("rahasia sekali")
FILE = SendFile("rahasia.json", b"rahasia" * 20_000, "rahasia sekali")
"""Goes out another way than words do: as a form with a file in it."""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_platform, "CALL_S", 0.3)


GIVEN_UP = [
    (403, "Forbidden: bot was blocked by the user", Failure.BLOCKED),
    (403, "Forbidden: user is deactivated", Failure.BLOCKED),
    (403, "Forbidden: bot can't initiate conversation with a user", Failure.BLOCKED),
    (400, "Bad Request: chat not found", Failure.GONE),
    (400, "Bad Request: PEER_ID_INVALID", Failure.GONE),
    (400, "Bad Request: group chat was upgraded to a supergroup chat", Failure.GONE),
    (400, "Bad Request: message is too long", Failure.REFUSED),
    (400, "Bad Request: message text is empty", Failure.REFUSED),
    (400, "Bad Request: BUTTON_DATA_INVALID", Failure.REFUSED),
    (400, "Bad Request: something that nobody has seen yet", Failure.REFUSED),
    (404, "Not Found: method not found", Failure.REFUSED),
    (413, "Request Entity Too Large", Failure.REFUSED),
]


@pytest.mark.parametrize(("status", "words", "failure"), GIVEN_UP)
async def test_what_telegram_will_never_take_is_given_up(platform, api, chat, status, words, failure) -> None:
    api.says("sendMessage", refusal(status, words))
    with pytest.raises(GivenUp) as caught:
        await platform.send(chat, WORDS)
    assert caught.value.failure is failure
    assert len(api.seen) == 1


PASSING = {
    "500": Answer(500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}),
    "502 of a proxy": Answer(502, body=b"<html>Bad Gateway</html>"),
    "403 of a proxy": Answer(403, body=b"<html>Forbidden</html>"),
    "redirect": Answer(304, body=b""),
    "nonsense": Answer(200, body=b"{{{"),
    "empty": Answer(200, body=b""),
    "no UTF-8": Answer(200, body=b'{"ok": true, "result": "\xff\xfe"'),
    "no object": Answer(200, json=[1]),
    "no verdict": Answer(200, json={"result": 1}),
    "cut": CUT,
    "conflict": Answer(409, {"ok": False, "error_code": 409, "description": "Conflict"}),
}


@pytest.mark.parametrize("trouble", PASSING)
async def test_a_passing_trouble_is_tried_later_and_the_next_try_works(platform, api, chat, trouble: str) -> None:
    api.says("sendMessage", PASSING[trouble])
    with pytest.raises(TryLater) as caught:
        await platform.send(chat, WORDS)
    assert caught.value.after_ms is None
    assert not caught.value.whole_bot
    assert (await platform.send(chat, WORDS)).messages == ("1001",)


@pytest.mark.parametrize("trouble", PASSING)
async def test_a_passing_trouble_of_a_file_is_tried_later_and_the_next_try_works(platform, api, chat, trouble) -> None:
    api.says("sendDocument", PASSING[trouble])
    with pytest.raises(TryLater):
        await platform.send(chat, FILE)
    assert (await platform.send(chat, FILE)).messages == ("1001",)
    assert [call.files["document"] for call in api.calls("sendDocument")] == [(FILE.name, FILE.content)] * 2


@pytest.mark.parametrize(("status", "words", "failure"), GIVEN_UP)
async def test_a_file_that_telegram_will_never_take_is_given_up(platform, api, chat, status, words, failure) -> None:
    api.says("sendDocument", refusal(status, words))
    with pytest.raises(GivenUp) as caught:
        await platform.send(chat, FILE)
    assert caught.value.failure is failure


async def test_a_limit_on_a_file_says_how_long(platform, api: ScriptedApi, chat) -> None:
    api.says("sendDocument", refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    with pytest.raises(TryLater) as caught:
        await platform.send(chat, FILE)
    assert (caught.value.after_ms, caught.value.whole_bot) == (7_000, False)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_file_by_a_token_that_telegram_does_not_know_is_unauthorized(platform, api, chat, status: int) -> None:
    api.says("sendDocument", refusal(status, "Unauthorized" if status == 401 else "Not Found"))
    with pytest.raises(Unauthorized):
        await platform.send(chat, FILE)


@pytest.mark.parametrize("trouble", [name for name in PASSING if name != "conflict"])
async def test_a_passing_trouble_of_a_look_is_tried_later(platform, api, trouble: str) -> None:
    api.says("getUpdates", PASSING[trouble])
    with pytest.raises(TryLater):
        await platform.receive("student", "", 0)


@pytest.mark.usefixtures("impatient")
async def test_an_answer_that_does_not_come_is_tried_later(platform, api: ScriptedApi, chat, monkeypatch) -> None:
    monkeypatch.setattr(telegram_platform, "POLL_SLACK_S", 0.3)
    monkeypatch.setattr(telegram_platform, "FILE_S", 0.3)
    api.says("sendDocument", HANG)
    with pytest.raises(TryLater, match="timeout"):
        await platform.send(chat, FILE)
    api.says("sendMessage", HANG)
    with pytest.raises(TryLater, match="timeout"):
        await platform.send(chat, WORDS)
    api.says("getUpdates", HANG)
    with pytest.raises(TryLater, match="timeout"):
        await platform.receive("student", "", 0)


async def test_a_limit_says_how_long_and_holds_for_the_chat(platform, api: ScriptedApi, chat) -> None:
    api.says("sendMessage", refusal(429, "Too Many Requests: retry after 7", retry_after=7))
    with pytest.raises(TryLater) as caught:
        await platform.send(chat, WORDS)
    assert (caught.value.after_ms, caught.value.whole_bot) == (7_000, False)


async def test_a_limit_on_looking_holds_for_the_bot(platform, api: ScriptedApi) -> None:
    api.says("getUpdates", refusal(429, "Too Many Requests: retry after 3"))
    with pytest.raises(TryLater) as caught:
        await platform.receive("student", "", 0)
    assert (caught.value.after_ms, caught.value.whole_bot) == (3_000, True)


async def test_a_limit_on_answering_a_press_is_no_failure_of_the_press(platform, api: ScriptedApi, chat) -> None:
    api.says("answerCallbackQuery", refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    with pytest.raises(TryLater):
        await platform.send(chat, AnswerPress("1"))


@pytest.mark.parametrize("answer", [refusal(401, "Unauthorized"), refusal(404, "Not Found")])
async def test_a_token_that_telegram_does_not_know_is_unauthorized_everywhere(platform, api, chat, answer) -> None:
    for method in ("sendMessage", "getUpdates", "getMe", "deleteWebhook"):
        api.says(method, answer)
    with pytest.raises(Unauthorized):
        await platform.send(chat, WORDS)
    with pytest.raises(Unauthorized):
        await platform.receive("student", "", 0)
    with pytest.raises(Unauthorized):
        await platform.username("student")
    with pytest.raises(Unauthorized):
        await platform.prepare("student", ())


@pytest.mark.parametrize(
    "words",
    [
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ],
)
async def test_a_second_poller_is_named(platform, api: ScriptedApi, words: str) -> None:
    api.says("getUpdates", refusal(409, words))
    with pytest.raises(Crowded):
        await platform.receive("student", "", 0)


async def test_a_server_that_is_not_there_is_tried_later(driver: str, chat) -> None:
    lost = create(driver, {"student": STUDENT_TOKEN}, "http://127.0.0.1:9", person_of, {"student": None}, lambda: 0)
    await lost.open()
    try:
        with pytest.raises(TryLater, match="no-connection") as caught:
            await lost.send(chat, WORDS)
    finally:
        await lost.close()
    assert not caught.value.whole_bot


@pytest.mark.parametrize("token", ["", "no colon", "1:a\nb", "1:a/b?c#d"])
async def test_a_token_that_cannot_be_one_is_never_sent(driver, api, chat, token: str) -> None:
    odd = create(driver, {"student": token}, api.base, person_of, {"student": None}, lambda: 0)
    await odd.open()
    try:
        with pytest.raises(Unauthorized):
            await odd.send(chat, WORDS)
    finally:
        await odd.close()
    assert api.seen == []


async def test_a_message_for_another_platform_or_bot_is_given_up(platform: TelegramPlatform, api, chat) -> None:
    for address in (chat.__class__("matrix", "student", "7"), chat.__class__("telegram", "nobody", "7")):
        with pytest.raises(GivenUp):
            await platform.send(address, WORDS)
    assert api.seen == []


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "answer", [CUT, HANG, Answer(200, body=b"{"), refusal(401, "no"), refusal(400, "no"), Answer()]
)
@pytest.mark.parametrize("what", [WORDS, FILE], ids=["words", "file"])
async def test_neither_tokens_nor_words_get_into_logs_or_exceptions(
    platform, api, chat, answer, what, caplog, monkeypatch
) -> None:
    monkeypatch.setattr(telegram_platform, "FILE_S", 0.3)
    caplog.set_level(logging.DEBUG)
    api.says("sendMessage" if what is WORDS else "sendDocument", answer)
    with pytest.raises((TryLater, Unauthorized, GivenUp)) as caught:
        await platform.send(chat, what)
    await platform.receive("student", "", 0)
    chain = [caught.value, caught.value.__cause__, caught.value.__context__]
    said = "".join("".join(traceback.format_exception(error)) for error in chain if error is not None)
    for line in [said, *(record.getMessage() for record in caplog.records), *map(repr, caplog.records)]:
        assert STUDENT_TOKEN not in line
        assert STAFF_TOKEN not in line
        assert "rahasia" not in line
