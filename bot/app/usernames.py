"""The names under which people find the bots, noted beside the data by the running bot for `sebaya invite`.

They are public and change next to never; the file spares a command the seconds that a platform's library takes to load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FILE = "bots.json"


def note(folder: Path, usernames: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(dict(usernames)), encoding="utf-8")
    fresh.replace(folder / FILE)


def noted(folder: Path) -> dict[str, str]:
    """By the bot's name in the config; empty when no bot has run here yet."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(bot): str(name) for bot, name in found.items()} if isinstance(found, dict) else {}
