"""The files of the content as plain text by name, so that an edition can be stored and rebuilt elsewhere.

A name is the path from the project, `flows/check-in.yaml`; the first part is the content's folder, whatever its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bot.model.source import Fault, FaultyContent, Place

TESTS = "tests"
EDITION_LENGTH = 16


def sources(folder: Path) -> dict[str, str]:
    """Every YAML file that makes the content. Tests are left out: they do not change what the bot does.

    Raises FaultyContent for a file that cannot be read as text, or no folder at all.
    """
    return _read(folder, [path for path in _yaml_files(folder) if TESTS not in path.relative_to(folder).parts])


def test_sources(folder: Path) -> dict[str, str]:
    """The conversations under `tests`. Raises FaultyContent."""
    return _read(folder, [path for path in _yaml_files(folder) if path.relative_to(folder).parts[0] == TESTS])


def edition_of(files: Mapping[str, str]) -> str:
    """A digest over names and texts: the same content has the same edition on every machine."""
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.partition("/")[2], files[name]):
            data = part.encode()
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:EDITION_LENGTH]


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())


def _read(folder: Path, paths: list[Path]) -> dict[str, str]:
    if not folder.is_dir():
        place = Place(folder.name, 1)
        raise FaultyContent((Fault(place, "there is no such folder", "Name the folder that holds the flows"),))
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for path in paths:
        name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
        try:
            found[name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            faults.append(Fault(Place(name, 1), "the file cannot be read as UTF-8 text", "Save it as UTF-8"))
    if faults:
        raise FaultyContent(tuple(faults))
    return found
