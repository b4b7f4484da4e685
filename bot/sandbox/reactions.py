"""The emoji with which one may react, as published for ReactionTypeEmoji."""

from __future__ import annotations

from typing import Any

from bot.sandbox.refusal import bad_request

Json = dict[str, Any]

LISTED = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡
🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈
😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿
🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡
"""
ALLOWED = frozenset(LISTED.split())
VARIATION_SELECTOR = "\ufe0f"
"""Makes an emoji colourful; Telegram takes a reaction with it and without."""


def check_reactions(reactions: list[Json]) -> list[Json]:
    """At most one, and from the list; an empty list takes the reaction away."""
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    return [_checked(one) for one in reactions]


def _checked(reaction: Json) -> Json:
    if reaction.get("type") != "emoji":
        raise bad_request("REACTION_INVALID")
    emoji = str(reaction.get("emoji", "")).replace(VARIATION_SELECTOR, "")
    if emoji not in ALLOWED:
        raise bad_request("REACTION_INVALID")
    return {"type": "emoji", "emoji": emoji}
