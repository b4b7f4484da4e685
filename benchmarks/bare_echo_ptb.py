"""The bare python-telegram-bot echo bot: long polling, one handler, nothing stored.

It takes updates at the same time, as aiogram does by default, and as nobody leaves out who has more than one user.
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main(api_base: str, token: str) -> None:
    builder = Application.builder().token(token).base_url(f"{api_base}/bot").concurrent_updates(True)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:3])
