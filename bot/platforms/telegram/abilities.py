"""What Telegram can show: all that there is. The contract holds both drivers to it."""

from __future__ import annotations

from bot.platforms.abilities import Abilities

ABILITIES = Abilities(
    buttons=100, edits=True, deletions=True, replies=True, marks=True, typing=True, press_answers=True
)
"""A hundred buttons are Telegram's limit under one message."""
