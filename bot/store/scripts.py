"""Loads the Lua scripts, once, as source code beside this file. Each opens with its keys, arguments and reply."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).with_name("scripts")
SHEBANG = "#!lua"
NEEDS = "-- needs "


class FaultyScript(Exception):
    """A script lacks its first line. Without it a full server would run the script half."""

    def __init__(self, name: str) -> None:
        super().__init__(f"script {name} must begin with {SHEBANG}: without it a full server would run it half")


@dataclass(frozen=True, slots=True)
class Script:
    source: str
    sha: str


def _load(path: Path) -> Script:
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    if not first.startswith(SHEBANG):
        raise FaultyScript(path.stem)
    if rest and rest[0].startswith(NEEDS):
        parts = rest[0].removeprefix(NEEDS).split()
        rest[0] = "\n".join((FOLDER / f"{part}.lua").read_text(encoding="utf-8") for part in parts)
    source = "\n".join([first, *rest])
    return Script(source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest())


SCRIPTS = MappingProxyType({path.stem: _load(path) for path in sorted(FOLDER.glob("[a-z]*.lua"))})
"""By name. Those whose file name begins with `_` are parts of others."""
