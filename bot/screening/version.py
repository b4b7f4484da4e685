"""Which word lists judged: a short digest of all that they hold, wherever it stands in the files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.model.source import Node

DIGEST_LENGTH = 12


def version_of(nodes: Mapping[str, Node]) -> str:
    written: list[str] = []
    for language in sorted(nodes):
        written.append(language)
        _write(nodes[language], written)
    return hashlib.sha256("".join(written).encode()).hexdigest()[:DIGEST_LENGTH]


def _write(node: Node, into: list[str]) -> None:
    """What a node holds, without its places."""
    if node.mapping is not None:
        into.append("{")
        for key, value in node.mapping.items():
            into.append(f"{key}:")
            _write(value, into)
    elif node.items is not None:
        into.append("[")
        for item in node.items:
            _write(item, into)
    else:
        into.append(f"{node.scalar!r},")
