"""Who is on the page in the browser tests."""

from __future__ import annotations

from bot.sandbox.accounts import BotAccount
from bot.sandbox.server import People

BOT = BotAccount(token="2001:page", username="teman_bot", name="Teman Sebaya")
SCENE = (
    People(name="Rani", role="student", language="id", bot=BOT.username),
    People(name="Dimas", role="supporter", language="en", bot=BOT.username),
)
