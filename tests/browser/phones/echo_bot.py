"""A tiny bot of a few lines, over raw HTTP, so that the page has somebody to talk to."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

MENU = {
    "id": [("start", "Mulai dari awal"), ("crisis", "Butuh bantuan sekarang"), ("help", "Bantuan")],
    "": [("start", "Start again"), ("crisis", "I need help now"), ("help", "Help")],
}
FEELINGS = [[{"text": face, "callback_data": f"mood:{face}"} for face in "😞🙁😐🙂😄"]]


class EchoBot:
    """Greets, asks, echoes, reacts. `run` until it is cancelled."""

    def __init__(self, url: str, token: str, session: aiohttp.ClientSession) -> None:
        self._base = f"{url}/bot{token}"
        self._session = session

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self._session.post(f"{self._base}/{method}", json=arguments) as response:
            return (await response.json()).get("result")

    async def run(self) -> None:
        for language, commands in MENU.items():
            listed = [{"command": name, "description": words} for name, words in commands]
            await self.call("setMyCommands", commands=listed, language_code=language)
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30) or []:
                offset = update["update_id"] + 1
                await self.answer(update)

    async def answer(self, update: dict[str, Any]) -> None:
        if press := update.get("callback_query"):
            await self.call("answerCallbackQuery", callback_query_id=press["id"], text=f"✓ {press['data'][5:]}")
            message = press["message"]
            text = f"{message['text']}\n→ {press['data'][5:]}"
            place = {"chat_id": press["from"]["id"], "message_id": message["message_id"]}
            await self.call("editMessageText", **place, text=text)
            return
        message = update.get("message")
        if message is None:
            return
        chat, text = message["chat"]["id"], message.get("text", "")
        if text == "/start":
            await self.call(
                "sendMessage",
                chat_id=chat,
                text="Halo! Bagaimana perasaanmu hari ini?",
                reply_markup={"inline_keyboard": FEELINGS},
            )
        elif text == "ketik":
            await self.call("sendChatAction", chat_id=chat, action="typing")
        else:
            await self.call(
                "setMessageReaction",
                chat_id=chat,
                message_id=message["message_id"],
                reaction=[{"type": "emoji", "emoji": "👌"}],
            )
            await self.call(
                "sendMessage",
                chat_id=chat,
                text=f"echo: {text or 'media'}",
                reply_parameters={"message_id": message["message_id"]},
            )


async def keep(task: asyncio.Task[None]) -> None:
    """Cancels and awaits."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
