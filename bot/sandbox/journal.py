"""Keeps the sandbox's history in a file, so that it can be killed and started again and every phone is as it was.

A line is a JSON list: what kind of thing changed, and the whole of that thing; the last line about it says how it is.
What is kept: bots, people, chats, messages, and updates that no bot has confirmed. What is not: files, menus (bots set
them when they start), faults, presses that wait for an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class Journal:
    """Appends at once, so that killing the process loses nothing; a power cut may lose the last lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._end_torn_line()
        self._file = path.open("a", encoding="utf-8")

    def _end_torn_line(self) -> None:
        """A line that was cut by a kill must not swallow the next one."""
        if self._path.exists() and not self._path.read_bytes().endswith(b"\n"):
            with self._path.open("ab") as file:
                file.write(b"\n")

    def write(self, kind: str, facts: Json) -> None:
        self._file.write(json.dumps([kind, facts], ensure_ascii=False) + "\n")
        self._file.flush()

    def entries(self) -> Iterator[tuple[str, Json]]:
        """What was written, oldest first; a torn line is passed over."""
        with self._path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    kind, facts = json.loads(line)
                except ValueError:
                    continue
                yield kind, facts

    def clear(self) -> None:
        self._file.truncate(0)

    def close(self) -> None:
        self._file.close()
