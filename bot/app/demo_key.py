"""The demo's own key, in a file that only its user can read. A real program's key never lies beside its data."""

from __future__ import annotations

import os
from pathlib import Path

from bot.store.sealing import new_key

FILE = "key"
OWNER_ONLY = 0o600


def demo_key(folder: Path) -> str:
    """The key in the folder; made when there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
    return path.read_text(encoding="ascii").strip()
