"""The bare aiogram echo bot that Sebaya is measured against: long polling, one handler, nothing stored."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    await message.answer(message.text or "")


async def main(api_base: str, token: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_base))
    await dispatcher.start_polling(Bot(token, session))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
